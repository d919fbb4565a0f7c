package io.partd.flight.server.connection;

import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What gRPC logs of clients that break the rules of HTTP/2, which any of them can have it do as often as he likes: one
 * line without a stack trace, and the next one ten seconds later at the earliest.
 */
public final class TransportLog implements Filter {
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Loggers that nobody refers to are forgotten with their filters. */
    private static final Logger STREAMS = Logger.getLogger("io.grpc.netty.NettyServerHandler");

    private static final Logger CONNECTIONS = Logger.getLogger("io.grpc.netty.NettyServerTransport.connections");

    private final Filter before;
    private long last = System.nanoTime() - BETWEEN_NANOS;
    private long left;

    private TransportLog(Filter before) {
        this.before = before;
    }

    /**
     * Has all servers of this JVM log so. What a line in the log needs is loaded now: a class that cannot be, while
     * there is no file descriptor left, is lost for good.
     */
    public static synchronized void install() {
        new SimpleFormatter().format(new LogRecord(Level.INFO, "ready"));
        install(STREAMS);
        install(CONNECTIONS);
    }

    private static void install(Logger logger) {
        Filter before = logger.getFilter();
        if (!(before instanceof TransportLog)) logger.setFilter(new TransportLog(before));
    }

    @Override
    public synchronized boolean isLoggable(LogRecord entry) {
        if (before != null && !before.isLoggable(entry)) return false;
        if (entry.getThrown() == null) return true;
        long now = System.nanoTime();
        if (now - last < BETWEEN_NANOS) {
            left++;
            return false;
        }
        String more = left == 0 ? "" : ", and " + left + " others in between";
        entry.setMessage("a client was cut off: " + entry.getThrown().getMessage() + more);
        entry.setParameters(null);
        entry.setThrown(null);
        last = now;
        left = 0;
        return true;
    }
}
