package io.partd.flight.server.memory;

import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file without a name, where a large append waits until it is whole. */
public final class Spill implements AutoCloseable {
    private static final long WINDOW = 1 << 30;

    private final Path directory;
    private final SpillFiles all;
    private final FileChannel channel;
    private long size;

    /** A file in a directory, whose size is counted among all. */
    Spill(Path directory, SpillFiles all) {
        this.directory = directory;
        this.all = all;
        try {
            Path file = Files.createTempFile(directory, "partd-append", ".tmp");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException(
                "a large append cannot be kept in a file in " + directory + ": " + e.getMessage()
                        + "; nothing was appended",
                e);
    }

    public void write(List<ByteBuffer> bytes) {
        long more = Frame.size(bytes);
        all.take(more);
        size += more;
        try {
            for (ByteBuffer each : bytes) while (each.hasRemaining()) channel.write(each);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All that was written, where it lies. */
    public List<ByteBuffer> buffers() {
        try {
            List<ByteBuffer> buffers = new ArrayList<>();
            for (long at = 0; at < channel.size(); at += WINDOW) {
                long size = Math.min(WINDOW, channel.size() - at);
                buffers.add(channel.map(FileChannel.MapMode.READ_ONLY, at, size));
            }
            return buffers;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        } finally {
            all.give(size);
        }
    }
}
