package io.partd.arrow.partition;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Reads where the bytes of a vector's values lie, a chunk at a time, for text and binary of every layout, decimals and
 * the longer intervals. What it hands out lies within the vector's buffers, whatever its offsets say.
 */
abstract class SpanValues {
    private static final int CHUNK = 1024;

    final PartitionColumn column;
    final int rows;
    final long[] address;
    final int[] length;

    private SpanValues(PartitionColumn column, int rows) {
        this.column = column;
        this.rows = rows;
        int chunk = Math.max(1, Math.min(rows, CHUNK));
        address = new long[chunk];
        length = new int[chunk];
    }

    /** Reads the spans of as many values from a row on as there are and fit, and returns their number. */
    final int read(int from) {
        int n = Math.min(rows - from, address.length);
        read(from, n);
        return n;
    }

    abstract void read(int from, int n);

    /** Whether values of the type are read here. */
    static boolean holds(ArrowType type) {
        return isText(type) || isBinary(type) || width(type) > 0;
    }

    static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    static boolean isBinary(ArrowType type) {
        return type instanceof ArrowType.Binary
                || type instanceof ArrowType.LargeBinary
                || type instanceof ArrowType.BinaryView
                || type instanceof ArrowType.FixedSizeBinary;
    }

    static SpanValues of(PartitionColumn column, FieldVector vector, int rows, NullMask nulls) {
        ArrowType type = vector.getField().getType();
        if (vector instanceof BaseVariableWidthViewVector views) return new Views(column, views, rows, nulls);
        if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
            return new LargeOffsets(column, vector, rows);
        }
        if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary)
            return new Offsets(column, vector, rows);
        return new Fixed(column, vector, rows, width(type));
    }

    /** The bytes of a value of a type of fixed width; -1 for other types. */
    private static int width(ArrowType type) {
        if (type instanceof ArrowType.FixedSizeBinary binary) return binary.getByteWidth();
        if (type instanceof ArrowType.Decimal decimal) return decimal.getBitWidth() / 8;
        if (!(type instanceof ArrowType.Interval interval) || interval.getUnit() == IntervalUnit.YEAR_MONTH) return -1;
        return interval.getUnit() == IntervalUnit.DAY_TIME ? 8 : 16;
    }

    final IllegalArgumentException outside(int row) {
        return column.error("the bytes of row " + row + " do not lie within its data");
    }

    /** Values of one width, one after the other. */
    private static final class Fixed extends SpanValues {
        private final long data;
        private final int width;

        Fixed(PartitionColumn column, FieldVector vector, int rows, int width) {
            super(column, rows);
            column.require(vector.getDataBuffer(), rows, 8L * width, "data");
            data = vector.getDataBuffer().memoryAddress();
            this.width = width;
        }

        @Override
        void read(int from, int n) {
            for (int i = 0; i < n; i++) {
                address[i] = data + (long) (from + i) * width;
                length[i] = width;
            }
        }
    }

    /** 32-bit offsets. */
    private static final class Offsets extends SpanValues {
        private final long offsets;
        private final long data;
        private final long limit;

        Offsets(PartitionColumn column, FieldVector vector, int rows) {
            super(column, rows);
            column.require(vector.getOffsetBuffer(), rows + 1L, 32, "offset");
            offsets = vector.getOffsetBuffer().memoryAddress();
            data = vector.getDataBuffer().memoryAddress();
            limit = vector.getDataBuffer().capacity();
        }

        @Override
        void read(int from, int n) {
            long at = offsets + 4L * from;
            int start = MemoryUtil.getInt(at);
            if (start < 0) throw outside(from);
            for (int i = 0; i < n; i++) {
                int end = MemoryUtil.getInt(at + 4L * i + 4);
                if (end < start || end > limit) throw outside(from + i);
                address[i] = data + start;
                length[i] = end - start;
                start = end;
            }
        }
    }

    /** 64-bit offsets. */
    private static final class LargeOffsets extends SpanValues {
        private final long offsets;
        private final long data;
        private final long limit;

        LargeOffsets(PartitionColumn column, FieldVector vector, int rows) {
            super(column, rows);
            column.require(vector.getOffsetBuffer(), rows + 1L, 64, "offset");
            offsets = vector.getOffsetBuffer().memoryAddress();
            data = vector.getDataBuffer().memoryAddress();
            limit = vector.getDataBuffer().capacity();
        }

        @Override
        void read(int from, int n) {
            long at = offsets + 8L * from;
            long start = MemoryUtil.getLong(at);
            if (start < 0) throw outside(from);
            for (int i = 0; i < n; i++) {
                long end = MemoryUtil.getLong(at + 8L * i + 8);
                if (end < start || end > limit || end - start > Integer.MAX_VALUE) throw outside(from + i);
                address[i] = data + start;
                length[i] = (int) (end - start);
                start = end;
            }
        }
    }

    /** Views: up to 12 bytes lie in the view, others in one of several buffers. A null's view may be anything. */
    private static final class Views extends SpanValues {
        private final long views;
        private final List<ArrowBuf> buffers;
        private final NullMask nulls;

        Views(PartitionColumn column, BaseVariableWidthViewVector vector, int rows, NullMask nulls) {
            super(column, rows);
            column.require(vector.getDataBuffer(), rows, 128, "view");
            views = vector.getDataBuffer().memoryAddress();
            buffers = vector.getDataBuffers();
            this.nulls = nulls;
        }

        @Override
        void read(int from, int n) {
            for (int i = 0; i < n; i++) {
                long view = views + 16L * (from + i);
                int size = nulls.isNull(from + i) ? 0 : MemoryUtil.getInt(view);
                if (size < 0) throw outside(from + i);
                address[i] =
                        size <= BaseVariableWidthViewVector.INLINE_SIZE ? view + 4 : elsewhere(from + i, view, size);
                length[i] = size;
            }
        }

        private long elsewhere(int row, long view, int size) {
            int buffer = MemoryUtil.getInt(view + 8);
            int offset = MemoryUtil.getInt(view + 12);
            if (buffer < 0 || buffer >= buffers.size() || offset < 0) throw outside(row);
            ArrowBuf bytes = buffers.get(buffer);
            if ((long) offset + size > bytes.capacity()) throw outside(row);
            return bytes.memoryAddress() + offset;
        }
    }
}
