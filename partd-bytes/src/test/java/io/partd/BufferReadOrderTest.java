package io.partd;

import io.partd.testing.ForwardingPartd;
import io.partd.testing.HookedPartd;
import io.partd.testing.Workers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A buffer reads two stores; what is appended meanwhile must not let it see the later of two appends without the
 * earlier.
 */
class BufferReadOrderTest {
    private final CountDownLatch slowIsAppending = new CountDownLatch(1);
    private final CountDownLatch slowIsRead = new CountDownLatch(1);
    private final CountDownLatch bothAppended = new CountDownLatch(1);

    @Test
    void anAppendThatWentStraightToTheSlowStoreIsNotOvertakenByALaterOne() {
        Workers workers = new Workers();
        try (Partd<Bytes> buffer = Partds.buffer(Partds.dict(), new Stopping(Partds.dict()), 10)) {
            workers.start("writer", () -> {
                buffer.append("a", Bytes.utf8("too large for memory"));
                buffer.append("a", Bytes.utf8(" later"));
                bothAppended.countDown();
            });
            workers.start("reader", () -> {
                Workers.await(slowIsAppending);
                String read = buffer.get("a").toUtf8();
                assertTrue("too large for memory later".startsWith(read), () -> "the later one alone: " + read);
            });
            workers.join();
            assertEquals("too large for memory later", buffer.get("a").toUtf8());
        }
    }

    @Test
    void oneMomentHoldsForKeysInBothStores() {
        CountDownLatch memoryIsRead = new CountDownLatch(1);
        CountDownLatch appended = new CountDownLatch(1);
        HookedPartd slow = new HookedPartd(Partds.dict());
        Workers workers = new Workers();
        try (Partd<Bytes> buffer = Partds.buffer(Partds.dict(), slow, 10)) {
            slow.beforeGet = () -> {
                if (memoryIsRead.getCount() == 0) return;
                memoryIsRead.countDown();
                giveTimeFor(appended);
            };
            workers.start("writer", () -> {
                Workers.await(memoryIsRead);
                buffer.append("a", Bytes.utf8("first"));
                buffer.append("b", Bytes.utf8("too large for memory"));
                appended.countDown();
            });
            List<Bytes> read = buffer.get(List.of("a", "b"));
            assertTrue(read.get(1).size() == 0 || read.get(0).size() > 0, () -> "the later one alone: " + read);
            workers.join();
            assertEquals("too large for memory", buffer.get("b").toUtf8());
        }
    }

    /** Waits a moment for what may have to wait for the caller. */
    private static void giveTimeFor(CountDownLatch latch) {
        try {
            if (latch.await(200, TimeUnit.MILLISECONDS)) Thread.yield();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Appends once a reader has read, and lets the reader go on once both appends have returned, or need it to go on.
     */
    private final class Stopping extends ForwardingPartd<Bytes> {
        Stopping(Partd<Bytes> inner) {
            super(inner);
        }

        @Override
        public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
            slowIsAppending.countDown();
            await(slowIsRead);
            return inner.append(values, heads);
        }

        @Override
        public List<Bytes> get(Collection<String> keys) {
            List<Bytes> values = inner.get(keys);
            if (slowIsAppending.getCount() > 0) return values;
            slowIsRead.countDown();
            giveTimeFor(bothAppended);
            return values;
        }

        private void await(CountDownLatch latch) {
            try {
                Workers.await(latch);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
