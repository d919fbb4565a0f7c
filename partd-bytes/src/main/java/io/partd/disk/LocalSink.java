package io.partd.disk;

import io.partd.log.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A local file that grows. An interrupt closes the channel, but the file's size says how far a write had come: it goes
 * on from there.
 */
final class LocalSink implements Sink {
    private static final int MAX_GATHER = 512; // below IOV_MAX of 1,024

    private final Path path;
    private FileChannel channel;
    private long size;

    LocalSink(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(ByteBuffer[] buffers, int count) throws IOException {
        int[] starts = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = buffers[i].position();
            total += buffers[i].remaining();
        }
        long end = size + total;
        Interrupts.defer(() -> {
            skip(buffers, starts, count, length() - size);
            int first = 0;
            while (first < count) {
                if (buffers[first].hasRemaining()) {
                    open().write(buffers, first, Math.min(MAX_GATHER, count - first));
                } else {
                    first++;
                }
            }
            return null;
        });
        size = end;
    }

    /** Also where the file cannot be opened again: who has written all of it need not. */
    private long length() throws IOException {
        return channel.isOpen() ? channel.position() : Files.size(path);
    }

    /** The channel, at the end of the file. */
    private FileChannel open() throws IOException {
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
            channel.position(channel.size());
        }
        return channel;
    }

    /** Sets the buffers to what is left of them after so many bytes. */
    private static void skip(ByteBuffer[] buffers, int[] starts, int count, long written) {
        long left = written;
        for (int i = 0; i < count; i++) {
            int step = (int) Math.min(left, buffers[i].limit() - starts[i]);
            buffers[i].position(starts[i] + step);
            left -= step;
        }
    }

    @Override
    public void sync() throws IOException {
        Interrupts.defer(() -> {
            open().force(false);
            return null;
        });
    }

    @Override
    public void seal() throws IOException {
        channel.close();
    }

    @Override
    public void abort() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
