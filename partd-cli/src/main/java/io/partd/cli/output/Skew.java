package io.partd.cli.output;

import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.common.Terminal;
import io.partd.cli.common.TextTable;
import io.partd.cli.store.KeySize;
import io.partd.text.Text;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** How uneven partitions are: the smallest, the median and the largest of them. */
public final class Skew {
    private static final int BAR = 40;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final List<KeySize> sorted;
    private final ToLongFunction<KeySize> size;
    private final String unit;

    private Skew(List<KeySize> sorted, ToLongFunction<KeySize> size, String unit) {
        this.sorted = sorted;
        this.size = size;
        this.unit = unit;
    }

    /** By rows where all keys have them, else by bytes. */
    public static Skew of(List<KeySize> sizes) {
        boolean rows = sizes.stream().allMatch(each -> each.rows() >= 0);
        ToLongFunction<KeySize> size = rows ? KeySize::rows : KeySize::bytes;
        List<KeySize> sorted =
                sizes.stream().sorted(Comparator.comparingLong(size)).toList();
        return new Skew(sorted, size, rows ? "row" : "byte");
    }

    /** Prints one line, or three with bars on a terminal. */
    public void print() {
        if (sorted.isEmpty()) return;
        KeySize smallest = sorted.get(0);
        KeySize median = sorted.get((sorted.size() - 1) / 2);
        KeySize largest = sorted.get(sorted.size() - 1);
        if (!Terminal.isOutput()) {
            Output.line(unit + "s in a partition: smallest " + text(smallest) + ", median " + text(median)
                    + ", largest " + text(largest));
            return;
        }
        TextTable table = new TextTable("partition", "key", unit + "s", "").right(2);
        table.row("smallest", key(smallest), count(smallest), bar(smallest, largest));
        table.row("median", key(median), count(median), bar(median, largest));
        table.row("largest", key(largest), count(largest), bar(largest, largest));
        table.print();
    }

    /** The same for programs; nothing where there are no partitions. */
    public void addTo(Json object) {
        if (sorted.isEmpty()) return;
        object.put("smallest", json(sorted.get(0)))
                .put("median", json(sorted.get((sorted.size() - 1) / 2)))
                .put("largest", json(sorted.get(sorted.size() - 1)));
    }

    private Json json(KeySize each) {
        return new Json().put("key", each.key()).put(unit + "s", size.applyAsLong(each));
    }

    private String text(KeySize each) {
        return count(each) + " (" + key(each) + ")";
    }

    private static String key(KeySize each) {
        return Text.cut(Text.oneLine(each.key()), 24);
    }

    private String count(KeySize each) {
        return Text.count(size.applyAsLong(each));
    }

    private String bar(KeySize each, KeySize largest) {
        double part = (double) size.applyAsLong(each) / Math.max(1, size.applyAsLong(largest));
        int eighths = (int) Math.round(part * BAR * 8);
        String bar = "█".repeat(eighths / 8) + EIGHTHS.charAt(eighths % 8);
        return bar.stripTrailing();
    }
}
