package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.Patience;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * A buffer over a file store whose move failed: the store says whether it was made, and not what the bytes look like.
 */
@Timeout(60)
class BufferResendTest {
    private static final Bytes ROW = Bytes.utf8("2026-11-27 GET /index.html 200\n");

    @TempDir
    Path directory;

    /** Two buffers are given the same row; one is interrupted while it waits for the store, and the other is faster. */
    @Test
    void theSameBytesOfSomebodyElseAreNotMistakenForOnesOwn() throws Exception {
        try (Partd<Bytes> slow = Partds.file(directory);
                Partd<Bytes> other = Partds.file(directory);
                Partd<Bytes> one = Partds.buffer(Partds.dict(), slow, 1000);
                Partd<Bytes> two = Partds.buffer(Partds.dict(), other, 1000)) {
            one.append("log", ROW);
            two.append("log", ROW);
            other.lock().lock();
            try {
                flushIsInterrupted(one);
                two.flush();
            } finally {
                other.lock().unlock();
            }
            one.flush();
            assertEquals(2 * ROW.size(), slow.get("log").size());
        }
    }

    private static void flushIsInterrupted(Partd<Bytes> buffer) throws Exception {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                buffer.flush();
                flushed.complete(null);
            } catch (RuntimeException e) {
                flushed.completeExceptionally(e);
            }
        });
        thread.start();
        Patience.untilWaiting(thread);
        thread.interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, flushed::get);
        assertInstanceOf(UncheckedIOException.class, failure.getCause());
    }
}
