package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;

/** The indices of a dictionary-encoded column: integers of 1 to 8 bytes, signed or not. */
record Indices(int width, boolean signed) {

    static boolean isWidth(int bits) {
        return bits == 8 || bits == 16 || bits == 32 || bits == 64;
    }

    static Indices of(Field field) {
        ArrowType.Int type = field.getDictionary().getIndexType();
        if (!isWidth(type.getBitWidth())) {
            throw new IllegalArgumentException(
                    "column \"" + field.getName() + "\" is encoded as " + type + ": indices have 8, 16, 32 or 64 bits");
        }
        return new Indices(type.getBitWidth() / 8, type.getIsSigned());
    }

    long get(long address, int row) {
        return switch (width) {
            case 1 -> signed ? getByte(address + row) : getByte(address + row) & 0xff;
            case 2 -> signed ? getShort(address + row * 2L) : getShort(address + row * 2L) & 0xffff;
            case 4 -> signed ? getInt(address + row * 4L) : getInt(address + row * 4L) & 0xffffffffL;
            default -> getLong(address + row * 8L);
        };
    }

    /** Checks the indices of a column against its dictionary. */
    void check(Column column, Batch src) {
        column.checkValidity(src);
        int length = src.lengths[column.in];
        src.require(column, 1, "index buffer", (long) length * width);
        Batch dictionary = src.dictionaries[column.in];
        int entries = dictionary == null ? 0 : dictionary.rows;
        for (int i = 0; i < length; i++) {
            if (isNull(column, src, i)) continue;
            long index = get(src.address(column.in, 1), i);
            if (index >= 0 && index < entries) continue;
            throw src.corrupt(
                    column,
                    dictionary == null
                            ? "it has values, and its dictionary is missing"
                            : "value " + i + " is entry " + index + " of a dictionary of " + entries);
        }
    }

    static boolean isNull(Column column, Batch src, int row) {
        return src.hasNulls(column.in) && !RawMemory.bit(src.address(column.in, 0), row);
    }

    /** The dictionary's entries that the rows stand for, in order, -1 for nulls. */
    int[] entries(Column column, Batch src, Selection rows) {
        int[] entries = new int[Math.toIntExact(rows.rows)];
        int at = 0;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            for (int k = 0; k < rows.length(i); k++) {
                boolean none = start < 0 || isNull(column, src, start + k);
                entries[at++] = none ? Selection.NULL : (int) get(src.address(column.in, 1), start + k);
            }
        }
        return entries;
    }
}
