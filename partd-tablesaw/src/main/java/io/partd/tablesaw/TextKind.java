package io.partd.tablesaw;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.strings.DictionaryMap;

import static org.apache.arrow.memory.util.MemoryUtil.copyToMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/**
 * Columns of strings, in which an empty one means missing. Those with a dictionary are written by the numbers of their
 * texts, each of which is encoded once.
 */
final class TextKind extends Kind {
    TextKind() {
        super(StringColumn.class, ColumnType.STRING, ArrowType.Utf8.INSTANCE);
    }

    @Override
    FieldVector write(Column<?> column, BufferAllocator allocator) {
        DictionaryMap map = ((StringColumn) column).getDictionary();
        String name = column.name();
        Cells cells = new Cells(name);
        try (VectorBuilder builder = new VectorBuilder(field(name), map.size(), allocator)) {
            TextEntries entries = TextEntries.of(map, cells);
            return entries == null ? writeList(map, builder, cells) : writeEntries(entries, builder, allocator, cells);
        }
    }

    private static FieldVector writeEntries(
            TextEntries entries, VectorBuilder builder, BufferAllocator allocator, Cells cells) {
        long validity = builder.addBits();
        long offsets = builder.add((entries.rows.length + 1L) * Integer.BYTES);
        long[] total = new long[1];
        int valid = measure(entries, validity, offsets, total);
        // Texts are copied in whole words, the last of which may reach beyond.
        long data = builder.add(requireSize(total[0], cells) + Long.BYTES);
        try (var texts = allocator.buffer(Math.max(1, entries.bytes.length))) {
            copyToMemory(entries.bytes, 0, texts.memoryAddress(), entries.bytes.length);
            copy(entries, texts.memoryAddress(), data);
        }
        return builder.build(entries.rows.length - valid);
    }

    /** Writes which rows are not missing, and where each row's text will begin. */
    private static int measure(TextEntries entries, long validity, long offsets, long[] total) {
        int[] rows = entries.rows;
        int[] lengths = entries.lengths;
        long end = 0;
        int valid = 0;
        putInt(offsets, 0);
        for (int at = 0; at < rows.length; at += Block.SIZE) {
            long bits = 0;
            for (int i = 0; i < Math.min(Block.SIZE, rows.length - at); i++) {
                int length = lengths[rows[at + i]];
                end += length;
                bits |= (length == 0 ? 0L : 1L) << i;
                putInt(offsets + (at + i + 1L) * Integer.BYTES, (int) end);
            }
            putLong(validity + at / 8, bits);
            valid += Long.bitCount(bits);
        }
        total[0] = end;
        return valid;
    }

    private static void copy(TextEntries entries, long texts, long data) {
        long to = data;
        for (int entry : entries.rows) {
            long from = texts + entries.starts[entry];
            int length = entries.lengths[entry];
            for (int i = 0; i < length; i += Long.BYTES) putLong(to + i, getLong(from + i));
            to += length;
        }
    }

    private static FieldVector writeList(DictionaryMap list, VectorBuilder builder, Cells cells) {
        int rows = list.size();
        long validity = builder.addBits();
        long offsets = builder.add((rows + 1L) * Integer.BYTES);
        long end = 0;
        int valid = 0;
        putInt(offsets, 0);
        for (int at = 0; at < rows; at += Block.SIZE) {
            long bits = 0;
            for (int i = at; i < Math.min(rows, at + Block.SIZE); i++) {
                long length = Utf8.length(list.getValueForIndex(i));
                if (length == Utf8.ILL_FORMED) throw Utf8.illFormed(i, cells);
                end += length;
                bits |= (length == 0 ? 0L : 1L) << i;
                putInt(offsets + (i + 1L) * Integer.BYTES, (int) end);
            }
            putLong(validity + at / 8, bits);
            valid += Long.bitCount(bits);
        }
        long data = builder.add(requireSize(end, cells));
        for (int i = 0; i < rows; i++) data += Utf8.put(list.getValueForIndex(i), data);
        return builder.build(rows - valid);
    }

    private static long requireSize(long bytes, Cells cells) {
        if (bytes <= Integer.MAX_VALUE) return bytes;
        throw new IllegalArgumentException("column \"" + cells.column() + "\" has " + bytes
                + " bytes of text, more than the 2 GiB of an Arrow vector: append fewer rows at a time");
    }
}
