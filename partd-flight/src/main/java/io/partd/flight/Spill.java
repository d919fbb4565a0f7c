package io.partd.flight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file without a name in the directory for temporary files, where a large append waits until it is whole. */
final class Spill implements AutoCloseable {
    private static final long WINDOW = 1 << 30;

    private final FileChannel channel;

    Spill() {
        try {
            Path file = Files.createTempFile("partd-append", ".tmp");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static UncheckedIOException failure(IOException e) {
        String directory = System.getProperty("java.io.tmpdir");
        return new UncheckedIOException(
                "a large append cannot be kept in a file in " + directory + ": " + e.getMessage()
                        + "; nothing was appended",
                e);
    }

    void write(List<ByteBuffer> bytes) {
        try {
            for (ByteBuffer each : bytes) while (each.hasRemaining()) channel.write(each);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All that was written, where it lies. */
    List<ByteBuffer> buffers() {
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
        }
    }
}
