package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.disk.Poll;
import io.partd.marks.Claim;
import io.partd.marks.MarkedStores;
import io.partd.testing.ChildProcess;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One server a store, in this and all other processes. */
@Timeout(60)
class ServerClaimTest {
    @TempDir
    Path directory;

    private static void expectRefused(Partd<Bytes> store, String holder) {
        UncheckedIOException e = assertThrows(
                UncheckedIOException.class, () -> MarkedStores.of(store).claim("another"));
        assertTrue(e.getMessage().contains(holder), e.getMessage());
    }

    /** Through every layer, and also for another handle. */
    @Test
    void theSecondIsTold() {
        try (Partd<Bytes> one = Partds.snappy(Partds.buffer(Partds.dict(), Partds.file(directory), 1000));
                Partd<Bytes> two = Partds.zstd(Partds.file(directory))) {
            Claim claim = MarkedStores.of(one).claim("the first");
            expectRefused(two, "the first");
            expectRefused(one, "the first");
            claim.heldBy("the first at a port");
            expectRefused(two, "the first at a port");
            claim.close();
            MarkedStores.of(two).claim("the second").close();
        }
    }

    /** Another process has it until it is killed. */
    @Test
    void aProcessThatWasKilledHasItNoMore() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        try (Partd<Bytes> store = Partds.file(directory)) {
            ChildProcess child = ChildProcess.start(Main.class, line -> ready.countDown(), directory.toString());
            try {
                assertTrue(ready.await(30, TimeUnit.SECONDS));
                expectRefused(store, "the child");
            } finally {
                child.close();
            }
            Poll.until(() -> {
                try {
                    MarkedStores.of(store).claim("this").close();
                    return true;
                } catch (UncheckedIOException e) {
                    return false; // the system has not yet taken its locks away
                }
            });
        }
    }

    /** What stands there is somebody's word, and may be anything. */
    @Test
    void whatCannotBeReadIsNotShown() throws Exception {
        try (Partd<Bytes> store = Partds.file(directory)) {
            Claim claim = MarkedStores.of(store).claim("x".repeat(5000));
            expectRefused(store, "x".repeat(1016) + ":");
            try (RandomAccessFile control =
                    new RandomAccessFile(directory.resolve(ControlFile.FILE).toFile(), "rw")) {
                for (int length : new int[] {-1, Integer.MAX_VALUE, 1017, 3}) {
                    control.seek(2112);
                    control.writeInt(Integer.reverseBytes(length));
                    expectRefused(store, "a process that has just begun");
                }
            }
            claim.close();
        }
    }

    @Test
    void aStoreThatIsClosedHasNoServer() {
        Partd<Bytes> store = Partds.file(directory);
        Claim claim = MarkedStores.of(store).claim("the first");
        store.close();
        claim.close();
        assertThrows(IllegalStateException.class, () -> MarkedStores.of(store).claim("the second"));
        try (Partd<Bytes> again = Partds.file(directory)) {
            MarkedStores.of(again).claim("the third").close();
            assertEquals(0, again.keys().size());
        }
    }

    /** Claims the store, and waits to be killed. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            FilePartd store = Partds.file(args[0]);
            MarkedStores.of(store).claim("the child");
            System.out.println("ready");
            new CountDownLatch(1).await();
        }
    }
}
