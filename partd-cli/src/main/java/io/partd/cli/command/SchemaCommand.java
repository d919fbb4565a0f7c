package io.partd.cli.command;

import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.output.ColumnTable;
import io.partd.cli.store.StoreView;
import io.partd.cli.store.StoreView.TableSource;
import io.partd.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd schema}. */
@CommandLine.Command(
        name = "schema",
        description = "Show the columns of a key's table, or of all tables of a store, and what it is partitioned by.",
        footer = {"", "Examples:", "  partd schema flights", "  partd schema flights ATL --json"})
final class SchemaCommand extends StoreCommand {
    private static final int MOST_NAMED = 5;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The key; after -- where it begins with a dash (default: all).")
    String key;

    @Option(names = "--json", description = "Print a line of JSON for each schema instead.")
    boolean json;

    @Override
    void run(StoreView view) throws IOException {
        if (key != null) {
            view.requireKeys(List.of(key));
            view.requireTable(key);
        }
        try (BufferAllocator allocator = new RootAllocator()) {
            TableSource tables = view.tables(allocator);
            if (key != null) print(tables.schema(key), List.of(key), List.of());
            else printAll(view, tables);
        }
    }

    /** Each schema once, with the keys that have it. */
    private void printAll(StoreView view, TableSource tables) throws IOException {
        Map<Schema, List<String>> keys = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String each : view.keys()) {
            if (view.isTable(each)) {
                keys.computeIfAbsent(tables.schema(each), schema -> new ArrayList<>())
                        .add(each);
            } else others.add(each);
        }
        for (Map.Entry<Schema, List<String>> each : keys.entrySet()) {
            List<String> named = keys.size() == 1 && others.isEmpty() ? List.of() : each.getValue();
            print(each.getKey(), each.getValue(), named);
        }
        if (!json && keys.isEmpty() && others.isEmpty()) Output.line("no keys");
        if (!json && !others.isEmpty()) Output.line("no tables: " + names(others));
    }

    /** @param named the keys that have to be told from others */
    private void print(Schema schema, List<String> keys, List<String> named) {
        String by = schema.getCustomMetadata().get("partd.partitioner");
        if (json) {
            new Json()
                    .putTexts("keys", keys)
                    .put("partitioner", by)
                    .put("columns", ColumnTable.json(schema))
                    .print();
            return;
        }
        if (!named.isEmpty()) Output.line(names(named) + ":");
        ColumnTable.print(schema);
        if (by != null) Output.line("partitioned by " + Text.oneLine(by));
    }

    private static String names(List<String> keys) {
        String first = keys.stream().limit(MOST_NAMED).map(Text::quote).collect(Collectors.joining(", "));
        int more = keys.size() - MOST_NAMED;
        return (keys.size() == 1 ? "key " : "keys ") + first + (more > 0 ? " and " + Text.count(more) + " more" : "");
    }
}
