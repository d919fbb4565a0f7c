package io.partd.flight.server.once;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a future has come to, as if it had been computed here. */
final class Futures {
    private Futures() {}

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw e;
        }
    }
}
