package io.partd.benchmarks.data;

import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Sums over the rows of a table of trades that do not depend on their order, and that tell whether the cells of a row
 * are still beside each other.
 *
 * @param rows how many there are
 * @param cents of all prices
 * @param ids of all ids
 * @param millis of all times, since the first moment that there is
 * @param quantities of all quantities
 * @param letters of all ids, each times the code of its symbol's first letter
 */
public record TableSums(long rows, long cents, long ids, long millis, long quantities, long letters) {
    public static final TableSums NONE = new TableSums(0, 0, 0, 0, 0, 0);

    /** The first moment, in milliseconds. */
    static final long START = Tables.START / 1000;

    /** What {@link TableSums} are in SQL, of a table with the same columns. */
    public static final String SQL =
            "SELECT count(*)::BIGINT, sum(round(price * 100)::BIGINT)::BIGINT, sum(id)::BIGINT, "
                    + "sum(epoch_us(ts) // 1000 - " + START
                    + ")::BIGINT, sum(qty)::BIGINT, sum(id * ascii(symbol))::BIGINT FROM ";

    public static TableSums of(VectorSchemaRoot table) {
        BigIntVector id = (BigIntVector) table.getVector("id");
        TimeStampVector ts = (TimeStampVector) table.getVector("ts");
        Float8Vector price = (Float8Vector) table.getVector("price");
        IntVector qty = (IntVector) table.getVector("qty");
        VarCharVector symbol = (VarCharVector) table.getVector("symbol");
        int perMilli = ts instanceof TimeStampMilliVector ? 1 : 1000;
        TableSums sums = NONE;
        for (int row = 0; row < table.getRowCount(); row++) {
            long number = id.get(row);
            sums = sums.plus(new TableSums(
                    1,
                    Math.round(price.get(row) * 100),
                    number,
                    ts.get(row) / perMilli - START,
                    qty.get(row),
                    number * symbol.get(row)[0]));
        }
        return sums;
    }

    /** The sums of all batches, each as often as it is appended. */
    public static TableSums of(Tables tables) {
        List<TableSums> each = tables.batches().stream().map(TableSums::of).toList();
        TableSums sums = NONE;
        for (int i = 0; i < tables.sizes().batches(); i++) sums = sums.plus(each.get(i % each.size()));
        return sums;
    }

    public TableSums plus(TableSums other) {
        return new TableSums(
                rows + other.rows,
                cents + other.cents,
                ids + other.ids,
                millis + other.millis,
                quantities + other.quantities,
                letters + other.letters);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d rows, sums %d %d %d %d %d", rows, cents, ids, millis, quantities, letters);
    }
}
