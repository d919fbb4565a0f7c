package io.partd.arrow.testing;

import io.partd.arrow.memory.BufferAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that end where a mapped file ends. What lies behind them was cut off after it was mapped, so that reading it is
 * an error: an {@link InternalError} from Java, the end of the JVM from native code. One at a time.
 */
public final class LastPage implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer mapped;
    private final int size;

    /** Room for that many bytes. */
    public LastPage(int room) {
        size = (room + PAGE - 1) / PAGE * PAGE;
        try {
            file = Files.createTempFile("partd-last-page-", "");
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size + 4L * PAGE);
            channel.truncate(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes, until others take their place. */
    public ByteBuffer put(byte[] bytes) {
        int start = size - bytes.length;
        mapped.put(start, bytes);
        return mapped.slice(start, bytes.length).asReadOnlyBuffer();
    }

    /** The address behind the last byte. */
    public long end() {
        return BufferAddress.of(mapped) + size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(file);
    }
}
