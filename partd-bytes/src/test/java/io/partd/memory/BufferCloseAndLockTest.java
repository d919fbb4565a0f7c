package io.partd.memory;

import io.partd.Bytes;
import io.partd.testing.HookedPartd;
import io.partd.testing.Threads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How a buffer ends, and whom it keeps out. */
class BufferCloseAndLockTest {
    private static final int LIMIT = 100;

    private final HookedPartd fast = new HookedPartd(new DictPartd());
    private final HookedPartd slow = new HookedPartd(new DictPartd());
    private final BufferPartd buffer = new BufferPartd(fast, slow, LIMIT);

    private static Bytes text(String text) {
        return Bytes.utf8(text);
    }

    private static Bytes zeros(int size) {
        return Bytes.of(new byte[size]);
    }

    @Test
    void closeFlushesAndClosesBothWhateverFails() {
        buffer.append("k", text("v"));
        fast.onClose = () -> {
            throw new IllegalArgumentException("second");
        };
        slow.onClose = () -> assertEquals("v", slow.get("k").toUtf8());
        slow.onFlush = () -> {
            throw new UncheckedIOException(new IOException("first"));
        };
        var e = assertThrows(UncheckedIOException.class, buffer::close);
        assertEquals("second", e.getSuppressed()[0].getMessage());
        assertTrue(fast.closed && slow.closed);
        buffer.close();
        for (Threads.Body use : List.<Threads.Body>of(
                () -> buffer.append("k", Bytes.EMPTY),
                () -> buffer.append("k", zeros(LIMIT + 1)),
                () -> buffer.putIfAbsent("k", Bytes.EMPTY),
                () -> buffer.get("k"),
                () -> buffer.delete("k"),
                buffer::keys,
                buffer::drop,
                buffer::flush,
                buffer::lock)) {
            assertEquals(
                    "the store is closed: open another",
                    assertThrows(IllegalStateException.class, use::run).getMessage());
        }
    }

    @Test
    void anInterruptDoesNotCostWhatCloseFlushes() {
        slow.before = () -> assertFalse(Thread.currentThread().isInterrupted());
        buffer.append("k", text("v"));
        slow.onClose = () -> assertEquals("v", slow.get("k").toUtf8());
        Thread.currentThread().interrupt();
        buffer.close();
        assertTrue(Thread.interrupted());
        assertTrue(slow.closed);
    }

    @Test
    void theLockKeepsOthersOutAndItsHolderWorks() throws Exception {
        Lock lock = buffer.lock();
        lock.lock();
        buffer.lock().lock();
        try (Threads threads = new Threads()) {
            Threads.Task append = threads.start(() -> buffer.append("k", text("late")));
            Threads.Task flush = threads.start(buffer::flush);
            Threads.Task other = threads.start(() -> slow.append("k", text("0")));
            for (int i = 0; i < 10; i++) buffer.append("k", text("thirty bytes for this one, so;"));
            buffer.append("k", zeros(LIMIT + 1));
            buffer.putIfAbsent("j", text("j"));
            buffer.flush();
            buffer.delete("j");
            for (Threads.Task task : List.of(append, flush, other)) task.awaitBlocked();
            threads.start(() -> assertEquals(300 + LIMIT + 1, buffer.get("k").size()))
                    .join();
            threads.start(() -> assertFalse(buffer.lock().tryLock())).join();
            lock.unlock();
            append.awaitBlocked();
            lock.unlock();
        }
        assertEquals(300 + LIMIT + 1 + 5, buffer.get("k").size());
        assertThrows(UnsupportedOperationException.class, lock::newCondition);
    }

    @Test
    void anInterruptEndsTheWaitForRoomWithNothingAppended() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        buffer.append("k", zeros(90));
        slow.before = () -> {
            reached.countDown();
            Threads.await(goOn);
        };
        try (Threads threads = new Threads()) {
            threads.start(buffer::flush);
            Threads.await(reached);
            Threads.Task append = threads.start(() -> {
                var e = assertThrows(UncheckedIOException.class, () -> buffer.append("k", zeros(20)));
                assertTrue(e.getCause() instanceof InterruptedIOException);
                assertTrue(Thread.currentThread().isInterrupted());
            });
            append.awaitBlocked();
            append.thread().interrupt();
            append.join();
            goOn.countDown();
        }
        assertEquals(90, buffer.get("k").size());
        assertEquals(0, buffer.memoryBytes());
    }
}
