package io.partd.cli.output;

import io.partd.arrow.text.CellText;
import io.partd.cli.common.TextTable;
import io.partd.text.Text;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The first rows of batches, as a table of text. */
public final class FirstRows {
    private static final int WIDEST = 60;

    private final TextTable text;
    private int left;

    /** @param most how many rows are shown */
    public FirstRows(VectorSchemaRoot root, int most) {
        this.text = new TextTable(names(root)).right(numbers(root));
        this.left = most;
    }

    private static String[] names(VectorSchemaRoot root) {
        return root.getFieldVectors().stream()
                .map(vector -> Text.cut(Text.oneLine(vector.getName()), WIDEST))
                .toArray(String[]::new);
    }

    /** The columns that are numbers. */
    private static Integer[] numbers(VectorSchemaRoot root) {
        List<FieldVector> vectors = root.getFieldVectors();
        return IntStream.range(0, vectors.size())
                .filter(i -> switch (vectors.get(i).getField().getType().getTypeID()) {
                    case Int, FloatingPoint, Decimal -> true;
                    default -> false;
                })
                .boxed()
                .toArray(Integer[]::new);
    }

    /** Whether there is room for more. */
    public boolean wantsMore() {
        return left > 0;
    }

    /** Adds the rows of a batch, as far as there is room. */
    public void add(VectorSchemaRoot root) {
        int n = Math.min(left, root.getRowCount());
        left -= n;
        for (int row = 0; row < n; row++) {
            int at = row;
            text.row(root.getFieldVectors().stream()
                    .map(vector -> cell(vector, at))
                    .toArray(String[]::new));
        }
    }

    private static String cell(FieldVector vector, int row) {
        String text = CellText.of(vector, row);
        return text == null ? "" : Text.cut(Text.oneLine(text), WIDEST);
    }

    public void print() {
        text.print();
    }
}
