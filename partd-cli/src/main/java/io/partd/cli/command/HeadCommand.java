package io.partd.cli.command;

import io.partd.arrow.text.CellText;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.output.FirstRows;
import io.partd.cli.output.TableRows;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd head}. */
@CommandLine.Command(
        name = "head",
        description = "Show the first rows of keys' tables.",
        footer = {"", "Examples:", "  partd head flights ATL -n 5", "  partd head flights ATL SEA --json"})
final class HeadCommand extends StoreCommand {
    /** What JSON has as a number: not NaN, for one. */
    private static final String NUMBER = "-?\\d+(\\.\\d+)?(E-?\\d+)?";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY",
            description = "Which keys; after -- where one begins with a dash.")
    List<String> keys;

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of each (default: ${DEFAULT-VALUE}).")
    int rows;

    @Option(names = "--json", description = "Print a JSON object for each key instead, in a line.")
    boolean json;

    @Override
    void run(StoreView view) throws IOException {
        if (rows < 0) throw wrongUse("-n " + rows + ": use 0 or more");
        view.requireKeys(keys);
        for (String key : keys) view.requireTable(key);
        try (BufferAllocator allocator = new RootAllocator()) {
            for (String key : keys) {
                if (keys.size() > 1 && !json) heading(key);
                try (TableRows table = new TableRows(view.tables(allocator), List.of(key), allocator, rows -> {})) {
                    if (json) printJson(key, table);
                    else print(table);
                }
            }
        }
    }

    /** As head and tail tell files apart. */
    private void heading(String key) {
        if (!key.equals(keys.get(0))) Output.line("");
        Output.line("==> " + Text.oneLine(key) + " <==");
    }

    private void print(TableRows table) throws IOException {
        FirstRows first = new FirstRows(table.getVectorSchemaRoot(), rows);
        while (first.wantsMore() && table.loadNextBatch()) first.add(table.getVectorSchemaRoot());
        first.print();
    }

    private void printJson(String key, TableRows table) throws IOException {
        List<Json> objects = new ArrayList<>();
        while (objects.size() < rows && table.loadNextBatch()) {
            VectorSchemaRoot root = table.getVectorSchemaRoot();
            for (int row = 0; row < root.getRowCount() && objects.size() < rows; row++) objects.add(object(root, row));
        }
        new Json().put("key", key).put("rows", objects).print();
    }

    private static Json object(VectorSchemaRoot root, int row) {
        Json object = new Json();
        for (FieldVector vector : root.getFieldVectors()) {
            String text = CellText.of(vector, row);
            boolean plain = text != null && isNumber(vector) && text.matches(NUMBER);
            if (plain) object.raw(vector.getName(), text);
            else object.put(vector.getName(), text);
        }
        return object;
    }

    private static boolean isNumber(FieldVector vector) {
        return switch (vector.getField().getType().getTypeID()) {
            case Int, FloatingPoint, Decimal -> true;
            default -> false;
        };
    }
}
