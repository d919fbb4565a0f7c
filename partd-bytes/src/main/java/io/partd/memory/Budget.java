package io.partd.memory;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes a buffer may hold in memory, and how many it does. */
final class Budget {
    final long limit;

    private final AtomicLong used = new AtomicLong();
    private volatile boolean crowded;

    Budget(long limit) {
        this.limit = limit;
    }

    /**
     * Takes the bytes if there is room, and nobody is making room: then others queue behind, or a large append would
     * never get its turn.
     */
    boolean tryTake(long bytes) {
        return !crowded && take(bytes);
    }

    /** Takes the bytes if there is room; for the thread that makes room. */
    boolean take(long bytes) {
        long old = used.get();
        while (old + bytes <= limit) {
            if (used.compareAndSet(old, old + bytes)) return true;
            old = used.get();
        }
        return false;
    }

    /** Counts what is in memory whatever the limit says. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    void crowded(boolean makingRoom) {
        crowded = makingRoom;
    }

    long used() {
        return used.get();
    }
}
