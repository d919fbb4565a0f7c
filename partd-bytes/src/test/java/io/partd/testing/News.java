package io.partd.testing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How often children have said that something is new. Who reads while they write reads on and on then, and looks up
 * only now and then while they are silent: most of their time they start, and need the processor for it. Safe for
 * several threads.
 */
final class News {
    private static final long PAUSE_NANOS = 2_000_000;

    private final AtomicLong count = new AtomicLong();

    void heard() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    /** To be called after a read, with the count from before it. */
    void pauseIfNoneSince(long before) {
        if (count.get() == before) LockSupport.parkNanos(PAUSE_NANOS);
    }
}
