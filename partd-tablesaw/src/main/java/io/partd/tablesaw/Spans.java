package io.partd.tablesaw;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;

/** Where the texts of a vector lie, 64 rows at a time. */
abstract class Spans {
    private final Cells cells;
    final long[] addresses = new long[Block.SIZE];
    final int[] lengths = new int[Block.SIZE];

    private Spans(String name) {
        cells = new Cells(name);
    }

    static boolean has(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    static Spans of(FieldVector vector, String name) {
        if (vector.getValueCount() == 0) return new OfOffsets(name, 0, false, vector.getDataBuffer());
        ArrowType type = vector.getField().getType();
        if (type instanceof ArrowType.Utf8View) return new OfViews(name, (BaseVariableWidthViewVector) vector);
        boolean wide = type instanceof ArrowType.LargeUtf8;
        ArrowBuf offsets = vector.getOffsetBuffer();
        Buffers.require(vector, offsets, (vector.getValueCount() + 1L) * (wide ? Long.BYTES : Integer.BYTES));
        return new OfOffsets(name, offsets.memoryAddress(), wide, vector.getDataBuffer());
    }

    /** Finds the texts of a block; of those that are missing nothing is said. */
    abstract void locate(Block block);

    /** Sets the text of a row, once it is known to lie within its buffer. */
    final void put(Block block, int i, ArrowBuf buffer, long from, long length) {
        if (from < 0 || length < 0 || length > buffer.capacity() || from > buffer.capacity() - length) {
            if (!block.isValid(i)) return;
            throw cells.refuse(
                    block.at + i,
                    "its " + length + " bytes from " + from + " on are not within the " + buffer.capacity()
                            + " of its buffer");
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw cells.refuse(block.at + i, "its " + length + " bytes are more than a String can hold");
        }
        addresses[i] = buffer.memoryAddress() + from;
        lengths[i] = (int) length;
    }

    private static final class OfOffsets extends Spans {
        private final long offsets;
        private final boolean wide;
        private final ArrowBuf data;

        OfOffsets(String name, long offsets, boolean wide, ArrowBuf data) {
            super(name);
            this.offsets = offsets;
            this.wide = wide;
            this.data = data;
        }

        @Override
        void locate(Block block) {
            long from = offset(block.at);
            for (int i = 0; i < block.count; i++) {
                long to = offset(block.at + i + 1);
                put(block, i, data, from, to - from);
                from = to;
            }
        }

        private long offset(int row) {
            return wide ? getLong(offsets + row * 8L) : getInt(offsets + row * 4L);
        }
    }

    /** A view is a length, and the text itself or four bytes of it, the number of its buffer and where it begins. */
    private static final class OfViews extends Spans {
        private static final int VIEW = 16;
        private static final int INLINE = 12;

        private final ArrowBuf views;
        private final ArrowBuf[] buffers;

        OfViews(String name, BaseVariableWidthViewVector vector) {
            super(name);
            views = vector.getDataBuffer();
            Buffers.require(vector, views, (long) vector.getValueCount() * VIEW);
            buffers = vector.getDataBuffers().toArray(new ArrowBuf[0]);
        }

        @Override
        void locate(Block block) {
            for (int i = 0; i < block.count; i++) {
                if (!block.isValid(i)) continue;
                long at = (block.at + i) * (long) VIEW;
                long view = views.memoryAddress() + at;
                int length = getInt(view);
                if (length <= INLINE) {
                    put(block, i, views, at + 4, length);
                    continue;
                }
                int buffer = getInt(view + 8);
                if (buffer < 0 || buffer >= buffers.length) put(block, i, views, -1, length);
                else put(block, i, buffers[buffer], getInt(view + 12), length);
            }
        }
    }
}
