package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.testing.ChildProcess;
import io.partd.testing.Patience;
import io.partd.testing.Threads;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The last handle of a store in this JVM is closed while a thread has the store's lock, shared or for itself. */
@Isolated
class ClosedUnderTheLockTest {
    private static final int WANTED = 320;
    private static final int SHARERS = 512;
    private static final int CHANGES = 576;
    private static final Bytes HEAD = Bytes.utf8("HEAD|");

    @TempDir
    Path directory;

    @AfterEach
    void noStops() {
        WordStops.before(() -> {});
    }

    private long word(int at) throws IOException {
        byte[] words = Files.readAllBytes(directory.resolve(ControlFile.FILE));
        return ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }

    /** At a thread's first store to a control word the last handle is closed, at its second another is opened. */
    private AtomicReference<FilePartd> replaceUnder(BooleanSupplier thread, FilePartd last) {
        AtomicInteger stores = new AtomicInteger();
        AtomicReference<FilePartd> next = new AtomicReference<>();
        WordStops.before(() -> {
            if (!thread.getAsBoolean()) return;
            int store = stores.incrementAndGet();
            if (store == 1) elsewhere(last::close);
            if (store == 2) elsewhere(() -> next.set(Partds.file(directory)));
        });
        return next;
    }

    private static void elsewhere(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(Workers.PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) throw new AssertionError("it waits");
    }

    /** It is counted once, and no more when it is refused. */
    @Test
    void byAnAppendThatIsNotYetRefused() throws Exception {
        FilePartd last = Partds.file(directory);
        AtomicReference<Thread> appending = new AtomicReference<>();
        AtomicReference<FilePartd> next = replaceUnder(() -> Thread.currentThread() == appending.get(), last);
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                        appending.set(Thread.currentThread());
                        assertThrows(IllegalStateException.class, () -> last.append("x", Bytes.utf8("x")));
                    })
                    .join();
        }
        try (FilePartd store = next.get()) {
            assertEquals(0, word(SHARERS));
            diesUnannounced();
            assertFalse(store.putIfAbsent("k", Bytes.utf8("HA")));
            assertEquals("V", store.get("k").toUtf8());
        }
    }

    private void diesUnannounced() throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(DyingMain.class, line -> {}, directory.toString(), "append")) {
            assertEquals(DyingMain.DEAD, child.awaitExit());
        }
    }

    /** The thread that gives room back takes the lock for itself, whatever the handle's users do. */
    @Test
    void byTheKeeperOfRoom() throws Exception {
        FilePartd last = Partds.file(directory);
        last.append("k", Bytes.utf8("v"));
        AtomicReference<FilePartd> next =
                replaceUnder(() -> Thread.currentThread().getName().equals(RoomKeeper.THREAD), last);
        last.compact();
        last.append("k", Bytes.utf8("v"));
        Patience.until("the keeper has been here", () -> next.get() != null && word(SHARERS) <= 0);
        assertEquals(0, word(SHARERS));
        next.get().close();
    }

    /** What is closed is the handle, not the lock: nobody gets that before it is given back. */
    @Test
    void byItsOwnHolder() throws Exception {
        FilePartd last = Partds.file(directory);
        last.append(Map.of("k", Bytes.utf8("v1")), Map.of("k", HEAD));
        last.lock().lock();
        last.close();
        try (FilePartd store = Partds.file(directory);
                ChildProcess child = ChildProcess.start(DyingMain.class, line -> {}, directory.toString(), "delete")) {
            assertEquals("HEAD|v1", store.get("k").toUtf8());
            Patience.until("the child wants the lock, or has died", () -> !child.isAlive() || word(WANTED) != 0);
            assertTrue(child.isAlive(), "it got the lock");
            last.lock().unlock();
            assertEquals(DyingMain.DEAD, child.awaitExit());
            assertEquals(1, word(CHANGES) & 1);
            assertEquals(Set.of("k"), store.append(Map.of("k", Bytes.utf8("v2")), Map.of("k", HEAD)));
            assertEquals("HEAD|v2", store.get("k").toUtf8());
        }
    }
}
