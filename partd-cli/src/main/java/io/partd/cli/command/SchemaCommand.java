package io.partd.cli.command;

import io.partd.cli.common.Output;
import io.partd.cli.output.ColumnTable;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import picocli.CommandLine;

/** {@code partd schema}. */
@CommandLine.Command(
        name = "schema",
        description = "Show the columns of a key's table, and what the store is partitioned by.",
        footer = {"", "Example:", "  partd schema flights ATL"})
final class SchemaCommand extends KeyCommand {
    @Override
    void runKey(StoreView view) throws IOException {
        view.requireTable(key);
        try (BufferAllocator allocator = new RootAllocator()) {
            Schema schema = view.tables(allocator).schema(key);
            ColumnTable.print(schema);
            String by = schema.getCustomMetadata().get("partd.partitioner");
            if (by != null) Output.line("partitioned by " + Text.oneLine(by));
        }
    }
}
