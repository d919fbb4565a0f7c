package io.partd.duckdb.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** An Arrow IPC file or stream, or the caller's reader. */
final class ArrowSource implements Source {
    private static final CompressionCodec.Factory CODECS = CommonsCompressionFactory.INSTANCE;

    private final ArrowReader reader;
    private final DoubleSupplier done;
    private final List<String> columns;

    private ArrowSource(ArrowReader reader, DoubleSupplier done, List<String> columns) {
        this.reader = reader;
        this.done = done;
        this.columns = columns;
    }

    /** @param columns which are wanted, or none for all */
    static ArrowSource open(Input input, List<String> columns, BufferAllocator allocator) throws IOException {
        if (input instanceof Input.OfReader callers) {
            return new ArrowSource(new BorrowedReader(callers.reader(), allocator), () -> -1, columns);
        }
        if (input instanceof Input.OfStream stream) return ofStream(stream.in(), 0, columns, allocator);
        Input.OfFile file = (Input.OfFile) input;
        if (file.kind() == FileKind.ARROW_STREAM) {
            return ofStream(Files.newInputStream(file.path()), file.bytes(), columns, allocator);
        }
        SeekableByteChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        ArrowReader reader = new ArrowFileReader(channel, allocator, CODECS);
        return new ArrowSource(reader, () -> position(channel) / file.bytes(), columns);
    }

    private static ArrowSource ofStream(InputStream in, long bytes, List<String> columns, BufferAllocator allocator) {
        ArrowReader reader = new ArrowStreamReader(in, allocator, CODECS);
        return new ArrowSource(reader, () -> bytes == 0 ? -1 : (double) reader.bytesRead() / bytes, columns);
    }

    private static double position(SeekableByteChannel channel) {
        try {
            return channel.position();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public ArrowReader reader() {
        return reader;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public double done() {
        return done.getAsDouble();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
