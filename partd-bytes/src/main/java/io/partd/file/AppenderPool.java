package io.partd.file;

import io.partd.FileOptions;
import io.partd.base.Closing;
import io.partd.log.Medium;
import io.partd.log.RecordContent;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A handle's few appenders: a thread has one for the time of an append, so that threads do not wait for each other, and
 * many threads need few files.
 */
final class AppenderPool {
    private static final int SIZE = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Medium medium;
    private final ControlFile control;
    private final FileOptions options;
    private final long writer;
    private final Semaphore free = new Semaphore(SIZE);
    private final ConcurrentLinkedDeque<Appender> idle = new ConcurrentLinkedDeque<>();
    private volatile Map<String, Long> synced = Map.of();
    /** Up to where the segments that are being written are on the medium, as far as each append sees to that. */
    private final Map<String, Long> durable = new ConcurrentHashMap<>();

    AppenderPool(Medium medium, ControlFile control, FileOptions options, long writer) {
        this.medium = medium;
        this.control = control;
        this.options = options;
        this.writer = writer;
    }

    /** Appends with an appender that is free; the one that was used last, so that a single thread fills one segment. */
    void append(RecordContent batch) throws IOException {
        free.acquireUninterruptibly(); // those before only write, and wait for nobody
        try {
            Appender appender = idle.pollFirst();
            if (appender == null) appender = new Appender(medium, control, options, writer, durable);
            try {
                appender.append(batch, synced);
            } finally {
                idle.addFirst(appender);
            }
        } finally {
            free.release();
        }
    }

    /** Takes note that segments are on the medium up to there; the next records say so. */
    void synced(Map<String, Long> upTo) {
        synced = upTo;
    }

    /** Up to where a segment is on the medium, as its append has seen to; 0 where that is not known. */
    long durable(String segment) {
        return durable.getOrDefault(segment, 0L);
    }

    /**
     * Leaves the segments of an older generation that nobody is writing to just now; the others are left with the next
     * append. Called under the store's lock, shared or not.
     */
    void leaveReplaced() throws IOException {
        for (int i = idle.size(); i > 0 && free.tryAcquire(); i--) {
            try {
                Appender appender = idle.pollLast();
                if (appender == null) return;
                try {
                    appender.leaveIfReplaced();
                } finally {
                    idle.addFirst(appender);
                }
            } finally {
                free.release();
            }
        }
    }

    /** Finishes all segments. Called when nobody appends. */
    void finishAll() {
        for (Appender appender : idle) appender.finish(synced);
    }

    /** Closes all segments as they are, without footers. Called when nobody appends. */
    void closeAll() throws IOException {
        Closing.each(idle, Appender::close);
    }
}
