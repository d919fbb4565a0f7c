package io.partd.duckdb.query;

import io.partd.Bytes;
import io.partd.arrow.ArrowStream;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow file, or a file with an Arrow stream, as a table. Its bytes are mapped, and not trusted. */
public final class ArrowFileSource implements Source {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    /** The magic and two bytes more, so that the stream begins at a multiple of 8. */
    private static final int HEAD = 8;
    /** The length of the footer, and the magic again. */
    private static final int TAIL = Integer.BYTES + MAGIC.length;

    private static final int MOST_MAPPED = 1 << 30;

    private final Path file;
    private final ArrowStream stream;
    private final Schema schema;
    private final BufferAllocator allocator;

    /**
     * A file as it is now.
     *
     * @throws IllegalArgumentException if it has no columns
     * @throws io.partd.CorruptPartdException if it is no Arrow file
     */
    public ArrowFileSource(Path file, BufferAllocator allocator) throws IOException {
        this.file = file;
        this.allocator = allocator;
        this.stream = new ArrowStream(batches(mapped(file)), file.toString());
        this.schema = new Schema(
                stream.schema().getFields().stream().map(StoreSource::plain).toList());
        if (schema.getFields().isEmpty()) throw new IllegalArgumentException(file + " has no columns");
    }

    private static Bytes mapped(Path file) throws IOException {
        List<ByteBuffer> pieces = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            for (long at = 0; at < size; at += MOST_MAPPED) {
                pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(MOST_MAPPED, size - at)));
            }
        }
        return Bytes.of(pieces.toArray(ByteBuffer[]::new));
    }

    /** The stream in a file, which is all of it where it is no file with a footer. */
    private static Bytes batches(Bytes all) {
        if (all.size() < HEAD + TAIL || !isMagic(all, 0) || !isMagic(all, all.size() - MAGIC.length)) return all;
        long at = all.size() - TAIL;
        int footer = ByteBuffer.wrap(all.slice(at, at + Integer.BYTES).toArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return footer < 0 || footer > at - HEAD ? all : all.slice(HEAD, at - footer);
    }

    private static boolean isMagic(Bytes all, long at) {
        return Arrays.equals(all.slice(at, at + MAGIC.length).toArray(), MAGIC);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<String> keys() {
        return List.of(file.toString());
    }

    @Override
    public ArrowReader reader(Part part) {
        KeysReader.Tables tables = new KeysReader.Tables() {
            @Override
            public Schema schema(String key) {
                return schema;
            }

            @Override
            public ArrowReader reader(BufferAllocator from, String key, String... columns) {
                return stream.reader(from, columns);
            }
        };
        return new KeysReader(tables, schema, null, part, allocator);
    }

    @Override
    public long bytes(Part part) {
        return part.keys().isEmpty() ? 0 : stream.bytes(part.columns().toArray(String[]::new));
    }

    @Override
    public BufferAllocator allocator() {
        return allocator;
    }

    @Override
    public String toString() {
        return Text.quote(file.toString());
    }
}
