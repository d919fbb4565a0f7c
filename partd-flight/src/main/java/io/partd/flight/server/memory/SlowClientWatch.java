package io.partd.flight.server.memory;

import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import io.partd.flight.server.connection.ServerLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends calls whose client takes too long over what it has to do: over a message in any case, and at once when nothing
 * comes of it while others wait for the memory that it holds. Safe for several threads.
 */
public final class SlowClientWatch {
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final long nanos;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

    public SlowClientWatch(long nanos, ScheduledExecutorService timer) {
        this.nanos = nanos;
        long period = Math.max(1, Math.min(LONGEST_PERIOD_NANOS, nanos / 4));
        timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** A call that waits for its client now and then. */
    public final class Wait implements AutoCloseable {
        private final Consumer<RuntimeException> over;
        private volatile long since;
        private volatile long progress;
        private volatile boolean sending;
        private volatile Budget held;

        private Wait(Consumer<RuntimeException> over) {
            this.over = over;
        }

        /** The client has to send a message from now on. */
        void send() {
            since = System.nanoTime();
            sending = true;
        }

        /** From now on memory of this budget is held for as long as the client takes. */
        public void hold(Budget budget) {
            progress = System.nanoTime();
            held = budget;
        }

        /** Nobody waits for what the client does, or holds nothing meanwhile. */
        void release() {
            held = null;
        }

        /** The client has done something. */
        public void progress() {
            if (held != null) progress = System.nanoTime();
        }

        /** It has done all, and nobody waits for it. */
        void end() {
            sending = false;
            held = null;
        }

        @Override
        public void close() {
            waits.remove(this);
        }

        private void look(long now) {
            Budget budget = held;
            if (sending && now - since > nanos) {
                cut(
                        Status.Code.DEADLINE_EXCEEDED,
                        "the client took too long to send a message, or there was no memory for it: nothing of it was"
                                + " kept");
            } else if (budget != null && now - progress > STALL_NANOS && budget.isWaitedFor()) {
                cut(
                        Status.Code.UNAVAILABLE,
                        "the client stood still while others waited for the memory that its call had: try again");
            }
        }

        private void cut(Status.Code code, String message) {
            close();
            over.accept(Failures.refusal(code, message));
        }
    }

    public Wait watch(Consumer<RuntimeException> over) {
        Wait wait = new Wait(over);
        waits.add(wait);
        return wait;
    }

    /** What is thrown over one call is not to keep the others from being looked at, now or ever again. */
    private void look() {
        long now = System.nanoTime();
        for (Wait wait : waits) {
            try {
                wait.look(now);
            } catch (RuntimeException | Error e) {
                ServerLog.LOG.log(System.Logger.Level.WARNING, "a call of a slow client was not ended", e);
            }
        }
    }
}
