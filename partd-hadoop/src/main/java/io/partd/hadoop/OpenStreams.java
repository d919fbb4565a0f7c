package io.partd.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * Streams of files that were read, kept open for who reads on: to open one costs a request. A stream is used by one
 * thread at a time. Safe for several threads.
 */
final class OpenStreams {
    private static final int MAX_IDLE = 64;

    private final HadoopMedium medium;
    /** The one that was used last is the last. */
    private final Deque<Opened> idle = new ArrayDeque<>();

    private boolean closed;

    record Opened(String name, FSDataInputStream in) {}

    OpenStreams(HadoopMedium medium) {
        this.medium = medium;
    }

    /** A stream of a file of this length, for the caller alone until he gives it back, or closes it. */
    Opened take(String name, long length) throws IOException {
        synchronized (this) {
            for (var each = idle.descendingIterator(); each.hasNext(); ) {
                Opened opened = each.next();
                if (!opened.name.equals(name)) continue;
                each.remove();
                return opened;
            }
        }
        return new Opened(name, open(name, length));
    }

    private FSDataInputStream open(String name, long length) throws IOException {
        Path path = medium.path(name);
        FutureDataInputStreamBuilder builder = medium.fs.openFile(path);
        builder.opt("fs.option.openfile.length", Long.toString(length)); // so that nobody asks for it
        builder.opt("fs.option.openfile.read.policy", "vector, random");
        try {
            return FutureIO.awaitFuture(builder.build());
        } catch (FileNotFoundException e) {
            throw HadoopMedium.missing(name, e);
        }
    }

    void giveBack(Opened opened) throws IOException {
        FSDataInputStream surplus = opened.in;
        synchronized (this) {
            if (!closed) {
                idle.addLast(opened);
                surplus = idle.size() > MAX_IDLE ? idle.removeFirst().in : null;
            }
        }
        if (surplus != null) surplus.close();
    }

    /** Closes those that nobody uses, and then each that is given back: what was read before can still be read. */
    void close() throws IOException {
        List<Opened> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(idle);
            idle.clear();
        }
        for (Opened opened : all) opened.in.close();
    }
}
