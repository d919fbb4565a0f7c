package io.partd.cli.command;

import io.partd.cli.common.Output;
import io.partd.cli.common.TextTable;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
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
            TextTable table = new TextTable("column", "type", "");
            for (Field field : schema.getFields()) table.row(Text.oneLine(field.getName()), type(field), notes(field));
            table.print();
            String by = schema.getCustomMetadata().get("partd.partitioner");
            if (by != null) Output.line("partitioned by " + Text.oneLine(by));
        }
    }

    private static String type(Field field) {
        String children = field.getChildren().isEmpty()
                ? ""
                : Text.oneLine(field.getChildren().toString());
        return field.getType() + children;
    }

    private static String notes(Field field) {
        String nullable = field.isNullable() ? "" : "not null";
        if (field.getDictionary() == null) return nullable;
        return nullable.isEmpty() ? "dictionary" : nullable + ", dictionary";
    }
}
