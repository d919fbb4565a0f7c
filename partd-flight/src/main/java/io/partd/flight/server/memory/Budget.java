package io.partd.flight.server.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;

/**
 * A number of bytes that calls reserve before they receive that much. Who asks for more than is left waits, without a
 * thread, in the order of asking; but those of one owner, a connection, wait behind one another, and owners take turns.
 * Safe for several threads.
 */
public final class Budget {
    public final long capacity;
    /** Those that wait, by their owners, of whom the first is next. */
    private final LinkedHashMap<Object, Queue<Reservation>> waiting = new LinkedHashMap<>();

    private long used;
    private long peak;

    Budget(long capacity) {
        this.capacity = capacity;
    }

    /** Bytes of a call. */
    public final class Reservation implements AutoCloseable {
        private final Object owner;
        private long held;
        private long wanted;
        private Runnable granted;
        private boolean closed;

        private Reservation(Object owner) {
            this.owner = owner;
        }

        /**
         * Takes bytes and then runs what is given: now, or in the thread that gives back enough.
         *
         * @throws IllegalArgumentException if they are more than there ever will be
         */
        public void await(long bytes, Runnable then) {
            if (bytes > capacity) {
                throw new IllegalArgumentException(
                        bytes + " bytes are more than the " + capacity + " that the server has for such calls");
            }
            synchronized (Budget.this) {
                if (closed) return;
                wanted = bytes;
                granted = then;
                waiting.computeIfAbsent(owner, any -> new ArrayDeque<>()).add(this);
            }
            grant();
        }

        /** The most that it could ever have. */
        public long capacity() {
            return capacity;
        }

        /** Takes more if they are there now. */
        boolean grow(long bytes) {
            synchronized (Budget.this) {
                if (closed || used + bytes > capacity) return false;
                take(this, bytes);
                return true;
            }
        }

        private void stopWaiting() {
            Queue<Reservation> same = waiting.get(owner);
            if (same != null && same.remove(this) && same.isEmpty()) waiting.remove(owner);
        }

        /** Gives all back, or stops waiting. */
        @Override
        public void close() {
            synchronized (Budget.this) {
                if (closed) return;
                closed = true;
                stopWaiting();
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
    Reservation open(Object owner) {
        return new Reservation(owner);
    }

    private void grant() {
        List<Runnable> granted = new ArrayList<>(1);
        synchronized (this) {
            for (Reservation next = next(); next != null && used + next.wanted <= capacity; next = next()) {
                turn(next);
                take(next, next.wanted);
                granted.add(next.granted);
            }
        }
        granted.forEach(Runnable::run);
    }

    private Reservation next() {
        return waiting.isEmpty() ? null : waiting.values().iterator().next().peek();
    }

    /** It has its turn: its owner's next one comes after those of all others. */
    private void turn(Reservation reservation) {
        Queue<Reservation> same = waiting.remove(reservation.owner);
        same.remove();
        if (!same.isEmpty()) waiting.put(reservation.owner, same);
    }

    /** Whether somebody waits for more than is left. */
    synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    /** How many bytes are reserved now. */
    public synchronized long used() {
        return used;
    }

    /** The most that ever were. */
    synchronized long peak() {
        return peak;
    }
}
