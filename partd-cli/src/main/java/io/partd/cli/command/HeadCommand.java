package io.partd.cli.command;

import io.partd.arrow.text.CellText;
import io.partd.cli.common.TextTable;
import io.partd.cli.output.TableRows;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd head}. */
@CommandLine.Command(
        name = "head",
        description = "Show the first rows of a key's table.",
        footer = {"", "Example:", "  partd head flights ATL -n 5"})
final class HeadCommand extends KeyCommand {
    private static final int WIDEST = 60;

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
            TextTable text = new TextTable(names(table.getVectorSchemaRoot()));
            text.right(numbers(table.getVectorSchemaRoot()));
            int left = rows;
            while (left > 0 && table.loadNextBatch()) left -= add(table.getVectorSchemaRoot(), left, text);
            text.print();
        }
    }

    private static String[] names(VectorSchemaRoot root) {
        return root.getFieldVectors().stream()
                .map(vector -> Text.cut(Text.oneLine(vector.getName()), WIDEST))
                .toArray(String[]::new);
    }

    /** The columns that are numbers. */
    private static Integer[] numbers(VectorSchemaRoot root) {
        List<FieldVector> vectors = root.getFieldVectors();
        return java.util.stream.IntStream.range(0, vectors.size())
                .filter(i -> switch (vectors.get(i).getField().getType().getTypeID()) {
                    case Int, FloatingPoint, Decimal -> true;
                    default -> false;
                })
                .boxed()
                .toArray(Integer[]::new);
    }

    private static int add(VectorSchemaRoot root, int most, TextTable text) {
        int n = Math.min(most, root.getRowCount());
        for (int row = 0; row < n; row++) {
            int at = row;
            text.row(root.getFieldVectors().stream()
                    .map(vector -> cell(vector, at))
                    .toArray(String[]::new));
        }
        return n;
    }

    private static String cell(FieldVector vector, int row) {
        String text = CellText.of(vector, row);
        return text == null ? "" : Text.cut(Text.oneLine(text), WIDEST);
    }
}
