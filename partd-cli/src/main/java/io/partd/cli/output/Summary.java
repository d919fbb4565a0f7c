package io.partd.cli.output;

import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.util.List;
import java.util.Locale;

/** What is said when rows were written to a store. */
public final class Summary {
    private Summary() {}

    /** @param rows how many were written now; the store may hold more */
    public static void print(StoreView store, long rows, long leftOut, double seconds) {
        List<KeySize> sizes = store.sizes();
        long bytes = sizes.stream().mapToLong(KeySize::bytes).sum();
        long perSecond = Math.round(rows / Math.max(seconds, 1e-3));
        Output.line(String.format(
                Locale.ROOT,
                "%s in %.1f s (%s rows/s); the store holds %s, %s",
                Text.count(rows, "row"),
                seconds,
                Text.count(perSecond),
                Text.count(sizes.size(), "partition"),
                Text.bytes(bytes)));
        printLeftOut(leftOut);
        Skew.of(sizes).print();
    }

    /** The same for programs. */
    public static void printJson(StoreView store, long rows, long leftOut, long started) {
        List<KeySize> sizes = store.sizes();
        Json object = new Json()
                .put("rows", rows)
                .put("left_out", leftOut)
                .putSecondsSince(started)
                .put("partitions", sizes.size())
                .put("bytes", sizes.stream().mapToLong(KeySize::bytes).sum());
        Skew.of(sizes).addTo(object);
        object.print();
    }

    /** Says how many lines were left out, if there are any. */
    public static void printLeftOut(long lines) {
        if (lines > 0) Output.line(Text.count(lines, "line") + " left out, for they cannot be read (--ignore-errors)");
    }
}
