package io.partd.arrow.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Record batches of any schema, as the buffers of the IPC format, with values that often lie at the edge of what a type
 * can hold. Where nothing is null the validity buffer is absent; under a null lies whatever comes.
 */
public final class Samples {
    /** Bytes of fixed-width values at the edges: all but the most significant one, and that one. */
    private static final int[][] EDGES = {{0, 0}, {0xff, 0xff}, {0, 0x80}, {0xff, 0x7f}, {0xf8, 0x7f}, {0x80, 0xff}};

    /** Texts around the 12 bytes that a view holds itself, and with all that JSON escapes. */
    private static final String[] TEXTS = {
        "", "a", "twelve bytes", "thirteen byte", "\"\\\b\f\n\r\t\u0001\u001f\u007f", "\u2028\u20ac\ud83d\ude00 \u00e9"
    };

    private final Random random;
    private final BufferAllocator allocator;
    private final int dictionarySize;
    private final List<ArrowFieldNode> nodes = new ArrayList<>();
    private final List<ArrowBuf> buffers = new ArrayList<>();
    private final List<Long> variadicCounts = new ArrayList<>();

    private Samples(Random random, BufferAllocator allocator, int dictionarySize) {
        this.random = random;
        this.allocator = allocator;
        this.dictionarySize = dictionarySize;
    }

    /** Replaces what a root holds. */
    public static void fill(
            VectorSchemaRoot root, int rows, int dictionarySize, Random random, BufferAllocator allocator) {
        try (ArrowRecordBatch batch = batch(root.getSchema().getFields(), rows, dictionarySize, random, allocator)) {
            new VectorLoader(root).load(batch);
        }
    }

    /**
     * Makes a batch.
     *
     * @param fields in the form that they have in memory
     * @param dictionarySize how many entries there are in each dictionary
     */
    public static ArrowRecordBatch batch(
            List<Field> fields, int rows, int dictionarySize, Random random, BufferAllocator allocator) {
        Samples samples = new Samples(random, allocator, dictionarySize);
        try {
            for (Field field : fields) samples.column(field, rows);
            return new ArrowRecordBatch(
                    rows,
                    samples.nodes,
                    samples.buffers,
                    NoCompressionCodec.DEFAULT_BODY_COMPRESSION,
                    samples.variadicCounts,
                    true);
        } finally {
            samples.buffers.forEach(ArrowBuf::close);
        }
    }

    private void column(Field field, int rows) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.ExtensionType extension) type = extension.storageType();
        if (type instanceof ArrowType.Null) nodes.add(new ArrowFieldNode(rows, rows));
        else if (type instanceof ArrowType.Union union) union(field, union.getMode(), union.getTypeIds(), rows);
        else if (type instanceof ArrowType.RunEndEncoded) runs(field, rows);
        else {
            validity(field, rows);
            if (field.getDictionary() != null) indices((ArrowType.Int) type, rows);
            else values(field, type, rows);
        }
    }

    private void values(Field field, ArrowType type, int rows) {
        switch (type.getTypeID()) {
            case Bool -> buffer(randomBytes((rows + 7) / 8));
            case Utf8, Binary -> variable(type, rows, 4);
            case LargeUtf8, LargeBinary -> variable(type, rows, 8);
            case Utf8View, BinaryView -> views(type, rows);
            case List, Map -> list(field, rows, 4);
            case LargeList -> list(field, rows, 8);
            case ListView -> listView(field, rows, 4);
            case LargeListView -> listView(field, rows, 8);
            case FixedSizeList -> column(only(field), rows * ((ArrowType.FixedSizeList) type).getListSize());
            case Struct -> field.getChildren().forEach(child -> column(child, rows));
            default -> fixed(width(type), rows);
        }
    }

    private static Field only(Field list) {
        return list.getChildren().get(0);
    }

    private static int width(ArrowType type) {
        if (type instanceof ArrowType.Int integer) return integer.getBitWidth() / 8;
        if (type instanceof ArrowType.Time time) return time.getBitWidth() / 8;
        if (type instanceof ArrowType.Decimal decimal) return decimal.getBitWidth() / 8;
        if (type instanceof ArrowType.FixedSizeBinary binary) return binary.getByteWidth();
        if (type instanceof ArrowType.Date date) return date.getUnit() == DateUnit.DAY ? 4 : 8;
        if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) return 8;
        if (type instanceof ArrowType.FloatingPoint number)
            return number.getPrecision() == FloatingPointPrecision.HALF
                    ? 2
                    : number.getPrecision() == FloatingPointPrecision.SINGLE ? 4 : 8;
        if (type instanceof ArrowType.Interval interval)
            return interval.getUnit() == IntervalUnit.YEAR_MONTH
                    ? 4
                    : interval.getUnit() == IntervalUnit.DAY_TIME ? 8 : 16;
        throw new IllegalArgumentException("no samples of " + type);
    }

    private void validity(Field field, int rows) {
        byte[] bits = new byte[(rows + 7) / 8];
        int nulls = 0;
        for (int row = 0; row < rows; row++) {
            if (field.isNullable() && random.nextInt(4) == 0) nulls++;
            else bits[row / 8] |= (byte) (1 << row % 8);
        }
        nodes.add(new ArrowFieldNode(rows, nulls));
        buffer(nulls == 0 ? new byte[0] : bits);
    }

    private void fixed(int width, int rows) {
        byte[] data = randomBytes(rows * width);
        for (int row = 0; row < rows; row++) {
            if (random.nextBoolean()) continue;
            int[] edge = EDGES[random.nextInt(EDGES.length)];
            for (int i = 0; i < width; i++) data[row * width + i] = (byte) edge[i == width - 1 ? 1 : 0];
        }
        buffer(data);
    }

    private void indices(ArrowType.Int type, int rows) {
        integers(type.getBitWidth() / 8, rows, row -> random.nextInt(dictionarySize));
    }

    private byte[] value(ArrowType type) {
        boolean text = type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
        if (!text) return randomBytes(random.nextInt(20));
        String sample = TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? random.nextInt(100) : "");
        return sample.getBytes(StandardCharsets.UTF_8);
    }

    private void variable(ArrowType type, int rows, int offsetWidth) {
        long[] ends = new long[rows];
        ByteBuffer data = ByteBuffer.allocate(64 * rows);
        for (int row = 0; row < rows; row++) ends[row] = data.put(value(type)).position();
        integers(offsetWidth, rows + 1, i -> i == 0 ? 0 : ends[(int) i - 1]);
        buffer(Arrays.copyOf(data.array(), data.position()));
    }

    private void views(ArrowType type, int rows) {
        ByteBuffer views = ByteBuffer.allocate(16 * rows).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer[] data = {ByteBuffer.allocate(64 * rows), ByteBuffer.allocate(64 * rows)};
        for (int row = 0; row < rows; row++) {
            byte[] value = value(type);
            int which = random.nextInt(data.length);
            views.position(16 * row).putInt(value.length);
            if (value.length <= 12) views.put(value);
            else views.put(value, 0, 4).putInt(which).putInt(data[which].position());
            if (value.length > 12) data[which].put(value);
        }
        buffer(views.array());
        for (ByteBuffer each : data) buffer(Arrays.copyOf(each.array(), each.position()));
        variadicCounts.add((long) data.length);
    }

    private void list(Field field, int rows, int offsetWidth) {
        long[] ends = new long[rows + 1];
        for (int row = 0; row < rows; row++) ends[row + 1] = ends[row] + random.nextInt(4);
        integers(offsetWidth, rows + 1, i -> ends[(int) i]);
        column(only(field), (int) ends[rows]);
    }

    /** Lists that overlap and lie in any order. */
    private void listView(Field field, int rows, int offsetWidth) {
        int elements = rows + 4;
        integers(offsetWidth, rows, row -> random.nextInt(rows + 1));
        integers(offsetWidth, rows, row -> random.nextInt(4));
        column(only(field), elements);
    }

    private void union(Field field, UnionMode mode, int[] ids, int rows) {
        int[] used = new int[ids.length];
        byte[] types = new byte[rows];
        long[] offsets = new long[rows];
        for (int row = 0; row < rows; row++) {
            int member = random.nextInt(ids.length);
            types[row] = (byte) ids[member];
            offsets[row] = used[member]++;
        }
        nodes.add(new ArrowFieldNode(rows, 0));
        buffer(types);
        if (mode == UnionMode.Dense) integers(4, rows, row -> offsets[(int) row]);
        for (int i = 0; i < ids.length; i++)
            column(field.getChildren().get(i), mode == UnionMode.Dense ? used[i] : rows);
    }

    private void runs(Field field, int rows) {
        List<Long> ends = new ArrayList<>();
        for (long end = 0; end < rows; ends.add(end)) end = Math.min(rows, end + 1 + random.nextInt(3));
        nodes.add(new ArrowFieldNode(rows, 0));
        nodes.add(new ArrowFieldNode(ends.size(), 0));
        buffer(new byte[0]);
        Field runEnds = field.getChildren().get(0);
        integers(width(runEnds.getType()), ends.size(), i -> ends.get((int) i));
        column(field.getChildren().get(1), ends.size());
    }

    private void integers(int width, int count, LongUnaryOperator each) {
        ByteBuffer data = ByteBuffer.allocate(width * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            long value = each.applyAsLong(i);
            for (int at = 0; at < width; at++) data.put((byte) (value >> 8 * at));
        }
        buffer(data.array());
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void buffer(byte[] bytes) {
        ArrowBuf buffer = allocator.buffer(bytes.length);
        buffer.setBytes(0, bytes);
        buffer.writerIndex(bytes.length);
        buffers.add(buffer);
    }
}
