package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.putByte;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;

/**
 * A dictionary-encoded column that stays one: its indices are renumbered for a dictionary of the entries that are used.
 */
public final class DictionaryIndexColumn extends Column {
    private final Indices indices;
    public final int dictionary;
    private final Column values;

    /** The dictionary is its number in the table's schema; the values' nodes count within it. */
    DictionaryIndexColumn(Field field, int in, int out, Indices indices, int dictionary, Column values) {
        super(field, in, out, 2, List.of());
        this.indices = indices;
        this.dictionary = dictionary;
        this.values = values;
    }

    @Override
    void check(Batch src) {
        indices.check(this, src);
        if (src.dictionaries[in] != null) src.dictionaries[in].checkOnce(values);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        for (int entry : indices.entries(this, src, rows)) {
            if (entry >= 0) used(src, dst).number(entry);
        }
    }

    /** All columns of one dictionary share what is used of it. */
    private UsedEntries used(Batch src, ColumnOutput dst) {
        UsedEntries used = dst.used[dictionary];
        if (used == null) dst.used[dictionary] = used = new UsedEntries(src.dictionaries[in]);
        return used;
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(dst.rows[out] * indices.width());
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        long at = dst.address(out, 1) + dst.rowsDone[out] * indices.width();
        for (int entry : indices.entries(this, src, rows)) {
            put(at, entry < 0 ? 0 : used(src, dst).number(entry));
            at += indices.width();
        }
        dst.rowsDone[out] += rows.rows;
    }

    private void put(long address, int index) {
        switch (indices.width()) {
            case 1 -> putByte(address, (byte) index);
            case 2 -> putShort(address, (short) index);
            case 4 -> putInt(address, index);
            default -> putLong(address, index);
        }
    }
}
