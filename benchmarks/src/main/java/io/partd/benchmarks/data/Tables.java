package io.partd.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The tables that are stored: random trades, made once, and shared by all workloads of a run. */
public final class Tables implements AutoCloseable {
    public static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)),
            Field.nullable("ts", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
            Field.nullable("price", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            Field.nullable("qty", new ArrowType.Int(32, true)),
            Field.nullable("symbol", ArrowType.Utf8.INSTANCE)));

    /** So many batches are made, and appended in turn. Even, so that two threads never append the same one. */
    private static final int BATCHES = 10;

    /** How many symbols there are, unless there are more parts than that. */
    public static final int SYMBOLS = 1000;

    private static final int SYMBOL_LETTERS = 6;

    /** In microseconds: November 2026. */
    static final long START = 1_793_491_200_000_000L;

    private final TableSizes sizes;
    private final int symbols;
    private final BufferAllocator allocator = new RootAllocator();
    private final List<VectorSchemaRoot> batches = new ArrayList<>();

    public Tables(TableSizes sizes) {
        this(sizes, SYMBOLS);
    }

    public Tables(TableSizes sizes, int symbols) {
        this.sizes = sizes;
        this.symbols = symbols;
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    public TableSizes sizes() {
        return sizes;
    }

    public List<VectorSchemaRoot> batches() {
        if (!batches.isEmpty()) return batches;
        Random random = new Random(3);
        List<byte[]> texts = symbols(random);
        while (batches.size() < BATCHES) batches.add(batch(random, texts));
        return batches;
    }

    private List<byte[]> symbols(Random random) {
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < symbols) {
            StringBuilder symbol = new StringBuilder();
            for (int i = 0; i < SYMBOL_LETTERS; i++) symbol.append((char) ('A' + random.nextInt(26)));
            texts.add(symbol.toString());
        }
        return texts.stream()
                .map(symbol -> symbol.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private VectorSchemaRoot batch(Random random, List<byte[]> texts) {
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        int rows = sizes.batchRows();
        long first = (long) batches.size() * rows;
        BigIntVector id = (BigIntVector) root.getVector("id");
        TimeStampMicroVector ts = (TimeStampMicroVector) root.getVector("ts");
        Float8Vector price = (Float8Vector) root.getVector("price");
        IntVector qty = (IntVector) root.getVector("qty");
        VarCharVector symbol = (VarCharVector) root.getVector("symbol");
        symbol.setInitialCapacity(rows, SYMBOL_LETTERS);
        for (FieldVector vector : List.of(id, ts, price, qty)) vector.setInitialCapacity(rows);
        for (int row = 0; row < rows; row++) {
            id.setSafe(row, first + row);
            ts.setSafe(row, START + 1000 * (first + row) + random.nextInt(1000));
            price.setSafe(row, random.nextInt(100_000) / 100.0);
            qty.setSafe(row, 1 + random.nextInt(1000));
            symbol.setSafe(row, texts.get(random.nextInt(texts.size())));
        }
        root.setRowCount(rows);
        return root;
    }

    /** The bytes of all batches that are appended, as vectors hold them. */
    public long bytes() {
        long bytes = 0;
        for (FieldVector vector : batches().get(0).getFieldVectors()) bytes += vector.getBufferSize();
        return bytes * sizes.batches();
    }

    @Override
    public void close() {
        batches.forEach(VectorSchemaRoot::close);
        batches.clear();
        allocator.close();
    }
}
