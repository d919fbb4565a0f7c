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
    /** Up to where the segments that are being written, and no others, are on the medium. */
    private final Map<String, Long> synced = new ConcurrentHashMap<>();

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
            if (appender == null) appender = new Appender(medium, control, options, writer, synced);
            try {
                appender.append(batch);
            } finally {
                idle.addFirst(appender);
            }
        } finally {
            free.release();
        }
    }

    /** Takes note that a segment is on the medium up to there; if it is being written, its next record says so. */
    void synced(String segment, long upTo) {
        synced.computeIfPresent(segment, (name, known) -> Math.max(known, upTo));
    }

    /** Up to where a segment that is being written is on the medium; 0 where that is not known. */
    long synced(String segment) {
        return synced.getOrDefault(segment, 0L);
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
        for (Appender appender : idle) appender.finish();
    }

    /** Closes all segments as they are, without footers. Called when nobody appends. */
    void closeAll() throws IOException {
        Closing.each(idle, Appender::close);
    }
}
