package io.partd.tablesaw;

import it.unimi.dsi.fastutil.bytes.Byte2ObjectMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectMap;
import it.unimi.dsi.fastutil.shorts.Short2ObjectMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

/**
 * The texts of a dictionary, encoded, and the entry of each row. Entry 0 is empty, and the others follow the keys; a
 * key that has no text, as that of a missing value, is taken for entry 0.
 */
final class TextEntries {
    final int[] rows;
    /** By entry: where its text begins. */
    final int[] starts;

    final int[] lengths;
    /** Each text begins at a word, and is followed by zeros. */
    byte[] bytes = new byte[1 << 10];

    private final Cells cells;
    private int end;

    private TextEntries(int[] rows, int entries, Cells cells) {
        this.rows = rows;
        this.cells = cells;
        starts = new int[entries];
        lengths = new int[entries];
    }

    /** The entries of a dictionary, or null where the strings are kept without one. */
    static TextEntries of(DictionaryMap map, Cells cells) {
        if (map instanceof ByteDictionaryMap bytes) return ofBytes(bytes, cells);
        if (map instanceof ShortDictionaryMap shorts) return ofShorts(shorts, cells);
        return map instanceof IntDictionaryMap ints ? ofInts(ints, cells) : null;
    }

    private static TextEntries ofBytes(ByteDictionaryMap map, Cells cells) {
        byte[] keys = map.values().elements();
        int[] rows = new int[map.size()];
        for (int i = 0; i < rows.length; i++) rows[i] = keys[i] - Byte.MIN_VALUE + 1;
        TextEntries entries = new TextEntries(rows, (1 << Byte.SIZE) + 1, cells);
        for (Byte2ObjectMap.Entry<String> each : map.getKeyValueEntries()) {
            entries.put(each.getByteKey() - Byte.MIN_VALUE + 1, each.getValue());
        }
        return entries;
    }

    private static TextEntries ofShorts(ShortDictionaryMap map, Cells cells) {
        short[] keys = map.values().elements();
        int[] rows = new int[map.size()];
        for (int i = 0; i < rows.length; i++) rows[i] = keys[i] - Short.MIN_VALUE + 1;
        int last = 0;
        for (Short2ObjectMap.Entry<String> each : map.getKeyValueEntries()) {
            if (!isMissing(each.getValue())) last = Math.max(last, each.getShortKey() - Short.MIN_VALUE + 1);
        }
        clamp(rows, last);
        TextEntries entries = new TextEntries(rows, last + 1, cells);
        for (Short2ObjectMap.Entry<String> each : map.getKeyValueEntries()) {
            entries.put(each.getShortKey() - Short.MIN_VALUE + 1, each.getValue());
        }
        return entries;
    }

    private static TextEntries ofInts(IntDictionaryMap map, Cells cells) {
        int[] rows = Arrays.copyOf(map.values().elements(), map.size());
        for (int i = 0; i < rows.length; i++) rows[i] += Integer.MIN_VALUE + 1;
        int last = 0;
        for (Int2ObjectMap.Entry<String> each : map.getKeyValueEntries()) {
            if (!isMissing(each.getValue())) last = Math.max(last, each.getIntKey() - Integer.MIN_VALUE + 1);
        }
        clamp(rows, last);
        TextEntries entries = new TextEntries(rows, last + 1, cells);
        for (Int2ObjectMap.Entry<String> each : map.getKeyValueEntries()) {
            entries.put(each.getIntKey() - Integer.MIN_VALUE + 1, each.getValue());
        }
        return entries;
    }

    private static boolean isMissing(String text) {
        return text == null || text.isEmpty();
    }

    /** Of what is beyond the last key that has a text, nothing has one. */
    private static void clamp(int[] rows, int last) {
        for (int i = 0; i < rows.length; i++) {
            if (Integer.compareUnsigned(rows[i], last) > 0) rows[i] = 0;
        }
    }

    private void put(int entry, String text) {
        if (isMissing(text)) return;
        long length = Utf8.length(text);
        if (length == Utf8.ILL_FORMED) {
            refuseIfUsed(entry);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        long next = (end + length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        if (next > Integer.MAX_VALUE - Long.BYTES) throw tooLong();
        if (next > bytes.length) bytes = Arrays.copyOf(bytes, (int) Math.min(next * 2, Integer.MAX_VALUE - 8));
        System.arraycopy(encoded, 0, bytes, end, encoded.length);
        starts[entry] = end;
        lengths[entry] = encoded.length;
        end = (int) next;
    }

    private IllegalArgumentException tooLong() {
        return new IllegalArgumentException("column \"" + cells.column()
                + "\" has more than 2 GiB of different texts: append fewer rows at a time");
    }

    /** A dictionary may have texts that no row has any more. */
    private void refuseIfUsed(int entry) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == entry) throw Utf8.illFormed(i, cells);
        }
    }
}
