package io.partd.arrow.testing;

import com.sun.management.ThreadMXBean;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.ArrowStream;
import io.partd.arrow.ipc.TableConcat;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.store.KeySchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads hostile bytes under a key in every way. Each ends in a clear exception, or in values that can all be read; it
 * reads no byte behind the stored ones, writes none beside its buffers, releases everything, and takes no more memory
 * than is in proportion to the bytes.
 */
public final class BrokenKey implements AutoCloseable {
    private static final String KEY = "key";
    private static final int ROOM = 4 << 20;
    /** More values than that are read from both ends only. */
    private static final long MANY = 5_000;

    private static final int ENDS = 50;
    /** In bytes: what a read may take whatever is stored, and how many times the stored bytes beyond that. */
    private static final long HEAP = 4 << 20;

    private static final long BUFFERS = 32 << 20;
    private static final int TIMES = 256;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LastPage page = new LastPage(ROOM);
    private final ScratchPool scratch = new ScratchPool();
    private long read;
    private long refused;

    /** How many reads gave values, and how many were refused. */
    public String counts() {
        return read + " reads gave values, " + refused + " were refused";
    }

    public long refused() {
        return refused;
    }

    public long read() {
        return read;
    }

    /** Reads in every way. */
    public void readAll(byte[] stored) {
        readTable(stored);
        readBatches(stored);
        readSchema(stored);
        readFirstColumn(stored);
        append(stored);
    }

    public void readTable(byte[] stored) {
        attempt(stored, (bytes, allocator) -> {
            try (VectorSchemaRoot root = TableConcat.read(bytes, KeySchemas.name(KEY), List.of(), allocator, scratch)) {
                readValues(root, new MapDictionaryProvider());
            }
        });
    }

    public void readBatches(byte[] stored) {
        attempt(stored, (bytes, allocator) -> {
            try (ArrowReader reader = stream(bytes).reader(allocator)) {
                while (reader.loadNextBatch()) readValues(reader.getVectorSchemaRoot(), reader);
            }
        });
    }

    void readSchema(byte[] stored) {
        attempt(stored, (bytes, allocator) -> {
            requireNonNull(stream(bytes).schema().toString());
        });
    }

    private static ArrowStream stream(Bytes bytes) {
        return new ArrowStream(bytes, KeySchemas.name(KEY));
    }

    /** The first column alone, as a table and batch by batch. */
    void readFirstColumn(byte[] stored) {
        attempt(stored, (bytes, allocator) -> {
            List<Field> fields = stream(bytes).schema().getFields();
            if (fields.isEmpty()) return;
            String name = fields.get(0).getName();
            try (VectorSchemaRoot root = stream(bytes).table(allocator, name)) {
                readValues(root, new MapDictionaryProvider());
            }
            try (ArrowReader reader = stream(bytes).reader(allocator, name)) {
                while (reader.loadNextBatch()) readValues(reader.getVectorSchemaRoot(), reader);
            }
        });
    }

    /** Appends another schema: what is stored must be readable enough to say so. */
    void append(byte[] stored) {
        attempt(stored, (bytes, allocator) -> {
            Schema schema = new Schema(List.of(Field.nullable("other", new ArrowType.Bool())));
            try (ArrowPartd store = ArrowPartd.over(new OneKeyPartd(bytes), allocator);
                    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
                root.setRowCount(1);
                store.append(KEY, root);
            }
        });
    }

    /** One way to use what is stored. */
    private interface Use {
        void of(Bytes stored, BufferAllocator allocator) throws IOException;
    }

    private void attempt(byte[] stored, Use use) {
        long most = HEAP + (long) TIMES * stored.length;
        long taken = taken(stored, use);
        // What was made once for all, such as classes when they are first used, is not taken again.
        if (taken >= most) taken = again(stored, use);
        long last = taken;
        assertTrue(last < most, () -> "it took " + last + " bytes of the heap");
    }

    /** The bytes of the heap that a use takes. */
    private long taken(byte[] stored, Use use) {
        long heap = MEMORY.getCurrentThreadAllocatedBytes();
        try (BufferAllocator allocator = FencedMemory.allocator(BUFFERS + (long) TIMES * stored.length)) {
            use.of(Bytes.of(stored.length == 0 ? ByteBuffer.allocate(0) : page.put(stored)), allocator);
            read++;
        } catch (CorruptPartdException | IllegalArgumentException e) {
            requireClear(e);
            refused++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MEMORY.getCurrentThreadAllocatedBytes() - heap;
    }

    private long again(byte[] stored, Use use) {
        long readBefore = read;
        long refusedBefore = refused;
        long taken = taken(stored, use);
        read = readBefore;
        refused = refusedBefore;
        return taken;
    }

    private static void requireClear(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        boolean names = message.contains("key \"" + KEY + "\"") || message.contains("column \"");
        if (!names) throw new AssertionError("an unclear message: " + message, e);
    }

    private static void readValues(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        ValueReader values = new ValueReader(dictionaries);
        for (int column = 0; column < root.getFieldVectors().size(); column++) {
            FieldVector vector = root.getVector(column);
            Field field = root.getSchema().getFields().get(column);
            if (below(vector) > MANY) continue;
            int rows = root.getRowCount();
            for (int row = 0; row < Math.min(rows, ENDS); row++) values.value(field, vector, row);
            for (int row = Math.max(0, rows - ENDS); row < rows; row++) values.value(field, vector, row);
        }
    }

    /** The values of the vectors below a vector. */
    private static long below(FieldVector vector) {
        long sum = 0;
        for (FieldVector child : vector.getChildrenFromFields()) sum += child.getValueCount() + below(child);
        return sum;
    }

    @Override
    public void close() {
        try {
            page.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
