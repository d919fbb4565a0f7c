package io.partd.cli.input;

import io.partd.cli.common.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** An Arrow IPC file or stream. */
final class ArrowSource implements Source {
    private static final CompressionCodec.Factory CODECS = CommonsCompressionFactory.INSTANCE;

    private static final int MAGIC = 8;
    private static final int BUFFER = 64 << 10;

    private final ArrowReader reader;
    private final DoubleSupplier done;

    private ArrowSource(ArrowReader reader, DoubleSupplier done) {
        this.reader = reader;
        this.done = done;
    }

    static ArrowSource open(Input input, BufferAllocator allocator) throws IOException {
        if (input.kind() == InputFormat.ARROW_FILE) {
            SeekableByteChannel channel = FileChannel.open(input.path(), StandardOpenOption.READ);
            ArrowReader reader = new ArrowFileReader(channel, allocator, CODECS);
            return new ArrowSource(reader, () -> position(channel) / input.bytes());
        }
        InputStream in = input.equals(Input.STDIN) ? StandardInput.open() : Files.newInputStream(input.path());
        ArrowReader reader = new ArrowStreamReader(checked(in, input), allocator, CODECS);
        long bytes = input.bytes();
        return new ArrowSource(reader, () -> bytes == 0 ? -1 : (double) reader.bytesRead() / bytes);
    }

    /** The stream, once it begins as Arrow streams do: what it is was not known of a pipe. */
    private static InputStream checked(InputStream in, Input input) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(MAGIC);
        Optional<InputFormat> kind = InputFormat.of(buffered.readNBytes(MAGIC));
        buffered.reset();
        if (kind.equals(Optional.of(InputFormat.ARROW_STREAM))) return buffered;
        String what = kind.map(each -> "a file in " + each.title + " format, which has to be named")
                .orElse("something else, or nothing");
        throw new Failure(input + " is to be an Arrow stream, and is " + what);
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
    public double done() {
        return done.getAsDouble();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
