package io.partd.notebook;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.notebook.Grid.Kind;
import io.partd.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** A store's keys with their bytes, their rows where those are known, and a bar each that shows the skew. */
final class PartdView {
    private static final int MOST_KEYS = 20;
    private static final int BAR = 24;
    private static final int KEY_WIDTH = 40;

    private final Partd<?> store;
    private final Rows rows;

    /** Counts rows. */
    interface Rows {
        long UNKNOWN = -1;

        /** How many rows lie under a key of a store of bytes, or {@link #UNKNOWN}. */
        long count(Partd<Bytes> store, String key);
    }

    PartdView(Partd<?> store, Rows rows) {
        this.store = store;
        this.rows = rows;
    }

    View view() {
        // First of all, for with that a store writes what is staged.
        List<String> keys = new ArrayList<>(store.keys());
        Partd<Bytes> bytes = KeySizes.bytes(store);
        return bytes == null ? keysAlone(keys) : sizes(bytes, KeySizes.of(bytes));
    }

    private static View keysAlone(List<String> keys) {
        Grid grid = new Grid(Text.count(keys.size(), "key"));
        if (!keys.isEmpty()) grid.column("key", Kind.TEXT);
        keys.stream().limit(MOST_KEYS).forEach(key -> grid.row(Text.line(key, KEY_WIDTH)));
        if (keys.size() > MOST_KEYS) grid.note("and " + Text.count(keys.size() - MOST_KEYS, "more key"));
        return grid.view();
    }

    private View sizes(Partd<Bytes> bytes, Map<String, Long> sizes) {
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        Grid grid = new Grid(Text.count(sizes.size(), "key") + ", " + Text.bytes(total));
        if (sizes.isEmpty()) return grid.view();
        List<Entry<String, Long>> shown = largest(sizes);
        long[] counts = shown.stream()
                .mapToLong(each -> rows.count(bytes, each.getKey()))
                .toArray();
        boolean anyRows = false;
        for (long count : counts) anyRows |= count != Rows.UNKNOWN;
        grid.column("key", Kind.TEXT);
        if (anyRows) grid.column("rows", Kind.NUMBER);
        grid.column("bytes", Kind.NUMBER).column("", Kind.BAR);
        long most = shown.stream().mapToLong(Entry::getValue).max().orElse(0);
        for (int i = 0; i < counts.length; i++) row(grid, shown.get(i), counts[i], anyRows, most);
        if (shown.size() < sizes.size()) grid.note("the " + shown.size() + " largest keys; " + rest(sizes));
        return grid.view();
    }

    private static void row(Grid grid, Entry<String, Long> each, long count, boolean anyRows, long most) {
        String key = Text.line(each.getKey(), KEY_WIDTH);
        String size = Text.bytes(each.getValue());
        String bar = Text.bar(each.getValue(), most, BAR);
        if (anyRows) grid.row(key, count == Rows.UNKNOWN ? "" : Text.count(count), size, bar);
        else grid.row(key, size, bar);
    }

    /** All keys in their order, or the largest where there are many. */
    private static List<Entry<String, Long>> largest(Map<String, Long> sizes) {
        if (sizes.size() <= MOST_KEYS) return new ArrayList<>(sizes.entrySet());
        return sizes.entrySet().stream()
                .sorted(Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_KEYS)
                .toList();
    }

    private static String rest(Map<String, Long> sizes) {
        long[] sorted =
                sizes.values().stream().mapToLong(Long::longValue).sorted().toArray();
        return "the median one holds " + Text.bytes(sorted[(sorted.length - 1) / 2]) + ", the smallest "
                + Text.bytes(sorted[0]);
    }
}
