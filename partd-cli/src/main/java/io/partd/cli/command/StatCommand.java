package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Json;
import io.partd.cli.common.TextTable;
import io.partd.cli.output.Skew;
import io.partd.cli.store.DirectoryView;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd stat}. */
@CommandLine.Command(
        name = "stat",
        description = "Show how large a store is, how much of it is dead, and how even its partitions are.",
        footer = {"", "Examples:", "  partd stat flights", "  partd stat flights --json"})
final class StatCommand extends StoreCommand {
    @Option(
            names = "--json",
            description = "Print a JSON object instead; rows are missing where not all keys hold tables.")
    boolean json;

    @Override
    void run(StoreView view) {
        List<KeySize> sizes = view.sizes();
        Map<String, Long> figures = figures(view, sizes);
        Skew skew = Skew.of(sizes);
        if (json) {
            Json object = new Json();
            figures.forEach((name, figure) -> object.put(name.replace(' ', '_'), figure));
            skew.addTo(object);
            object.print();
            return;
        }
        TextTable table = null;
        for (Map.Entry<String, Long> each : figures.entrySet()) {
            String figure = Text.count(each.getValue());
            if (table == null) table = new TextTable(each.getKey(), figure).right(1);
            else table.row(each.getKey(), figure);
        }
        if (table != null) table.print();
        skew.print();
    }

    private static Map<String, Long> figures(StoreView view, List<KeySize> sizes) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("keys", (long) sizes.size());
        if (sizes.stream().allMatch(each -> each.rows() >= 0)) {
            figures.put("rows", sizes.stream().mapToLong(KeySize::rows).sum());
        }
        figures.put("bytes of values", sizes.stream().mapToLong(KeySize::bytes).sum());
        if (view instanceof DirectoryView directory) addFiles(directory.bytes().stats(), figures);
        return figures;
    }

    /** What a server does not say. */
    private static void addFiles(FilePartd.Stats stats, Map<String, Long> figures) {
        figures.put("dead bytes", stats.deadBytes());
        figures.put("bytes of files", stats.fileBytes());
        figures.put("segments", (long) stats.segments());
        figures.put(
                "chunks",
                stats.chunksPerKey().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum());
    }
}
