package io.partd.flight.server;

import java.util.List;

/** Closes several things. */
final class Closing {
    private Closing() {}

    /** Closes all, also when one fails: the first failure is thrown, with later ones suppressed. */
    static void all(List<? extends AutoCloseable> closeables) {
        Throwable failure = null;
        for (AutoCloseable each : closeables) {
            try {
                each.close();
            } catch (Exception | Error e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
        }
        if (failure instanceof Error error) throw error;
        if (failure instanceof RuntimeException exception) throw exception;
        if (failure != null) throw new IllegalStateException("closing: " + failure.getMessage(), failure);
    }
}
