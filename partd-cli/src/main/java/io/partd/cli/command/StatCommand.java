package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.TextTable;
import io.partd.cli.output.Skew;
import io.partd.cli.store.DirectoryView;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.util.List;
import picocli.CommandLine;

/** {@code partd stat}. */
@CommandLine.Command(
        name = "stat",
        description = "Show how large a store is, how much of it is dead, and how even its partitions are.",
        footer = {"", "Example:", "  partd stat flights"})
final class StatCommand extends StoreCommand {
    @Override
    void run(StoreView view) {
        List<KeySize> sizes = view.sizes();
        TextTable table = new TextTable("keys", Text.count(sizes.size())).right(1);
        if (sizes.stream().allMatch(each -> each.rows() >= 0)) {
            table.row("rows", Text.count(sizes.stream().mapToLong(KeySize::rows).sum()));
        }
        table.row(
                "bytes of values",
                Text.count(sizes.stream().mapToLong(KeySize::bytes).sum()));
        if (view instanceof DirectoryView directory) files(directory.bytes().stats(), table);
        table.print();
        Skew.of(sizes).print();
    }

    /** What a server does not say. */
    private static void files(FilePartd.Stats stats, TextTable table) {
        long chunks = stats.chunksPerKey().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        table.row("dead bytes", Text.count(stats.deadBytes()));
        table.row("bytes of files", Text.count(stats.fileBytes()));
        table.row("segments", Text.count(stats.segments()));
        table.row("chunks", Text.count(chunks));
    }
}
