package io.partd.flight.client;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Calls of a handle that run now: close waits for them, and there are none after it. */
final class InFlight {
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private volatile boolean closed;

    <T> T run(Supplier<T> call) {
        requireOpen();
        calls.readLock().lock();
        try {
            requireOpen();
            return call.get();
        } finally {
            calls.readLock().unlock();
        }
    }

    void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: connect again");
    }

    /** Waits for the calls; false where it was closed already. */
    boolean close() {
        calls.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            calls.writeLock().unlock();
        }
    }
}
