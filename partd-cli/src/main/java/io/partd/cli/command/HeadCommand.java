package io.partd.cli.command;

import io.partd.cli.output.FirstRows;
import io.partd.cli.output.TableRows;
import io.partd.cli.store.StoreView;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd head}. */
@CommandLine.Command(
        name = "head",
        description = "Show the first rows of a key's table.",
        footer = {"", "Example:", "  partd head flights ATL -n 5"})
final class HeadCommand extends KeyCommand {
    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many (default: ${DEFAULT-VALUE}).")
    int rows;

    @Override
    void runKey(StoreView view) throws IOException {
        if (rows < 0) throw wrongUse("-n " + rows + ": use 0 or more");
        view.requireTable(key);
        try (BufferAllocator allocator = new RootAllocator();
                TableRows table = new TableRows(view.tables(allocator), List.of(key), allocator, rows -> {})) {
            FirstRows first = new FirstRows(table.getVectorSchemaRoot(), rows);
            while (first.wantsMore() && table.loadNextBatch()) first.add(table.getVectorSchemaRoot());
            first.print();
        }
    }
}
