package io.partd.flight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A number of bytes that calls reserve before they receive that much. Who asks for more than is left waits, without a
 * thread, in the order of asking. Safe for several threads.
 */
final class Budget {
    final long capacity;
    private final Queue<Reservation> waiting = new ArrayDeque<>();
    private long used;
    private long peak;

    Budget(long capacity) {
        this.capacity = capacity;
    }

    /** Bytes of a call. */
    final class Reservation implements AutoCloseable {
        private long held;
        private long wanted;
        private Runnable granted;
        private boolean closed;

        /**
         * Takes bytes and then runs what is given: now, or in the thread that gives back enough.
         *
         * @throws IllegalArgumentException if they are more than there ever will be
         */
        void await(long bytes, Runnable then) {
            if (bytes > capacity) {
                throw new IllegalArgumentException(
                        bytes + " bytes are more than the " + capacity + " that the server has for such calls");
            }
            synchronized (Budget.this) {
                if (closed) return;
                wanted = bytes;
                granted = then;
                waiting.add(this);
            }
            grant();
        }

        /** Keeps this many, at most what it holds, and gives back the rest. */
        void shrink(long bytes) {
            synchronized (Budget.this) {
                if (closed || bytes >= held) return;
                used -= held - bytes;
                held = bytes;
            }
            grant();
        }

        /** Takes more if they are there now. */
        boolean grow(long bytes) {
            synchronized (Budget.this) {
                if (closed || used + bytes > capacity) return false;
                take(this, bytes);
                return true;
            }
        }

        /** Gives all back, or stops waiting. */
        @Override
        public void close() {
            synchronized (Budget.this) {
                if (closed) return;
                closed = true;
                waiting.remove(this);
                used -= held;
                held = 0;
            }
            grant();
        }
    }

    private void take(Reservation reservation, long bytes) {
        reservation.held += bytes;
        used += bytes;
        peak = Math.max(peak, used);
    }

    /** A reservation of nothing yet. */
    Reservation open() {
        return new Reservation();
    }

    private void grant() {
        List<Runnable> granted = new ArrayList<>(1);
        synchronized (this) {
            for (Reservation next = waiting.peek();
                    next != null && used + next.wanted <= capacity;
                    next = waiting.peek()) {
                waiting.remove();
                take(next, next.wanted);
                granted.add(next.granted);
            }
        }
        granted.forEach(Runnable::run);
    }

    /** How many bytes are reserved now. */
    synchronized long used() {
        return used;
    }

    /** The most that ever were. */
    synchronized long peak() {
        return peak;
    }
}
