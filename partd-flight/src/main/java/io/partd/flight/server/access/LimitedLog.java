package io.partd.flight.server.access;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Warnings that others can cause as often as they like: a few lines at once, one more every few seconds, and the next
 * line says how many were left out. Safe for several threads.
 */
final class LimitedLog {
    private static final int AT_ONCE = 10;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final System.Logger log;
    private final LongSupplier nanos;
    private int left = AT_ONCE;
    private long since;
    private long leftOut;

    LimitedLog(System.Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    void warn(String line) {
        String limited = limited(line);
        if (limited != null) log.log(System.Logger.Level.WARNING, limited);
    }

    /** The line to log, or null where there were too many. */
    private synchronized String limited(String line) {
        long pauses = (nanos.getAsLong() - since) / PAUSE_NANOS;
        left = (int) Math.min(AT_ONCE, left + pauses);
        since += pauses * PAUSE_NANOS;
        if (left == 0) {
            leftOut++;
            return null;
        }
        left--;
        String more = leftOut == 0 ? "" : " (" + leftOut + " lines before this one were left out)";
        leftOut = 0;
        return line + more;
    }
}
