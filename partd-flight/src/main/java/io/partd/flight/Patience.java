package io.partd.flight;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends calls whose client takes too long over a message that it has to send. Safe for several threads. */
final class Patience {
    private final long nanos;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

    Patience(long nanos, ScheduledExecutorService timer) {
        this.nanos = nanos;
        long period = Math.max(1, nanos / 4);
        timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** A call that waits for its client now and then. */
    final class Wait implements AutoCloseable {
        private final Runnable over;
        private volatile long since;
        private volatile boolean waiting;

        private Wait(Runnable over) {
            this.over = over;
        }

        /** The client has to send something from now on. */
        void begin() {
            since = System.nanoTime();
            waiting = true;
        }

        /** It did. */
        void end() {
            waiting = false;
        }

        @Override
        public void close() {
            waits.remove(this);
        }
    }

    Wait watch(Runnable over) {
        Wait wait = new Wait(over);
        waits.add(wait);
        return wait;
    }

    private void look() {
        long now = System.nanoTime();
        for (Wait wait : waits) {
            if (wait.waiting && now - wait.since > nanos) {
                wait.close();
                wait.over.run();
            }
        }
    }
}
