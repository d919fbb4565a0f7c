package io.partd.cli;

import io.partd.FilePartd;
import java.util.List;
import picocli.CommandLine;

/** {@code partd stat}. */
@CommandLine.Command(
        name = "stat",
        description = "Show how large a store is, how much of it is dead, and how even its partitions are.",
        footer = {"", "Example:", "  partd stat flights"})
final class StatCommand extends StoreCommand {
    @Override
    void run(FilePartd store) {
        FilePartd.Stats stats = store.stats();
        List<KeySize> sizes = KeySize.all(store);
        long chunks = stats.chunksPerKey().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        TextTable table = new TextTable("keys", Text.count(sizes.size())).right(1);
        if (sizes.stream().allMatch(each -> each.rows() >= 0)) {
            table.row("rows", Text.count(sizes.stream().mapToLong(KeySize::rows).sum()));
        }
        table.row("bytes of values", Text.count(stats.liveBytes()));
        table.row("dead bytes", Text.count(stats.deadBytes()));
        table.row("bytes of files", Text.count(stats.fileBytes()));
        table.row("segments", Text.count(stats.segments()));
        table.row("chunks", Text.count(chunks));
        table.print();
        Skew.of(sizes).print();
    }
}
