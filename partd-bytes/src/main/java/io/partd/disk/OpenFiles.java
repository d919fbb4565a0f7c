package io.partd.disk;

import io.partd.base.Closing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The few files of a directory that were read last, which stay open for a while. Safe for several threads. */
final class OpenFiles implements Closeable {
    private static final int MAX_CHANNELS = 32;

    private final Path directory;
    private final Map<String, OpenFile> channels = new LinkedHashMap<>(MAX_CHANNELS, 0.75f, true);
    /** Whether there are any channels. */
    private volatile boolean anyOpen;

    /** A channel, and who uses it; with the monitor. */
    private static final class OpenFile {
        final FileChannel channel;
        int users;
        boolean usedLately;

        OpenFile(FileChannel channel) {
            this.channel = channel;
        }
    }

    OpenFiles(Path directory) {
        this.directory = directory;
    }

    /** Reads at a position until {@code dst} is full or the file ends; gives the number of bytes read. */
    int read(String name, long position, ByteBuffer dst) throws IOException {
        int start = dst.position();
        return Interrupts.defer(() -> {
            dst.position(start);
            OpenFile file = use(name);
            try {
                while (dst.hasRemaining()) {
                    if (read(file.channel, name, position + dst.position() - start, dst) < 0) break;
                }
            } finally {
                used(file);
            }
            return dst.position() - start;
        });
    }

    /** Reads once; a failure names the file. */
    private int read(FileChannel channel, String name, long position, ByteBuffer dst) throws IOException {
        try {
            return channel.read(dst, position);
        } catch (ClosedChannelException e) {
            throw e; // the caller opens it again
        } catch (IOException e) {
            throw new IOException("cannot read " + directory.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /**
     * An open channel; another thread may close it at any time, by an interrupt or to make room: then the read starts
     * again.
     */
    private synchronized OpenFile use(String name) throws IOException {
        OpenFile file = channels.get(name);
        if (file == null || !file.channel.isOpen()) {
            file = new OpenFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
            channels.put(name, file);
            anyOpen = true;
            closeEldest();
        }
        file.users++;
        file.usedLately = true;
        return file;
    }

    private void closeEldest() throws IOException {
        if (channels.size() <= MAX_CHANNELS) return;
        var eldest = channels.values().iterator();
        FileChannel closing = eldest.next().channel;
        eldest.remove();
        closing.close();
    }

    private synchronized void used(OpenFile file) {
        file.users--;
    }

    /** Closes the files that nobody has read since the last time. */
    void closeIdle() throws IOException {
        if (!anyOpen) return;
        synchronized (this) {
            for (var files = channels.values().iterator(); files.hasNext(); ) {
                OpenFile file = files.next();
                boolean idle = file.users == 0 && !file.usedLately;
                file.usedLately = false;
                if (!idle) continue;
                files.remove();
                file.channel.close();
            }
            anyOpen = !channels.isEmpty();
        }
    }

    /** Closes a file, if it is open. */
    void close(String name) throws IOException {
        OpenFile file;
        synchronized (this) {
            file = channels.remove(name);
        }
        if (file != null) file.channel.close();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            Closing.each(channels.values(), file -> file.channel.close());
        } finally {
            channels.clear();
        }
    }
}
