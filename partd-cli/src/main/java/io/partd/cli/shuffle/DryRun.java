package io.partd.cli.shuffle;

import io.partd.cli.common.Bar;
import io.partd.cli.common.Interrupt;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.output.ColumnTable;
import io.partd.cli.output.FirstRows;
import io.partd.cli.output.Skew;
import io.partd.cli.output.Summary;
import io.partd.cli.store.KeySize;
import io.partd.duckdb.RowBatches;
import io.partd.text.Text;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads all rows and says what a shuffle would make of them, without making anything. */
final class DryRun {
    private static final int FIRST = 5;

    private final RowBatches batches;
    private final boolean json;
    private final TreeMap<String, Long> rowsByKey = new TreeMap<>();
    private long rows;

    DryRun(RowBatches batches, boolean json) {
        this.batches = batches;
        this.json = json;
    }

    void run(String store, Interrupt interrupt) throws Exception {
        if (!json) {
            ColumnTable.print(batches.schema());
            Output.line("");
        }
        FirstRows first = new FirstRows(batches.root(), FIRST);
        try (Bar progress = new Bar(store, "rows", Bar.UNKNOWN)) {
            while (interrupt.next(batches::next)) {
                first.add(batches.root());
                count();
                progress.show(rows, 0, batches.done());
            }
        }
        if (json && !interrupt.cut()) printJson();
        if (json) return;
        first.print();
        Output.line("");
        if (!interrupt.cut()) print(store);
    }

    /** Counts the rows of the batch by their keys, by the columns of these alone. */
    private void count() {
        VectorSchemaRoot all = batches.root();
        rows += all.getRowCount();
        List<FieldVector> vectors =
                batches.partitioner().columns().stream().map(all::getVector).toList();
        // Vectors that are the batch's are not closed with this.
        VectorSchemaRoot keys = new VectorSchemaRoot(vectors);
        keys.setRowCount(all.getRowCount());
        batches.partitioner().split(keys, batches.dictionaries()).forEach((key, part) -> {
            try (part) {
                rowsByKey.merge(key, (long) part.getRowCount(), Long::sum);
            }
        });
    }

    private void print(String store) {
        Output.line(Text.count(rows, "row") + " would make " + Text.count(rowsByKey.size(), "partition") + " in "
                + store + ", by " + Text.oneLine(batches.partitioner().toString()));
        Summary.printLeftOut(batches.leftOut());
        skew().print();
    }

    private void printJson() {
        Json object = new Json()
                .put("columns", ColumnTable.json(batches.schema()))
                .put("rows", rows)
                .put("left_out", batches.leftOut())
                .put("partitioner", batches.partitioner().toString())
                .put("partitions", rowsByKey.size());
        skew().addTo(object);
        object.print();
    }

    private Skew skew() {
        return Skew.of(rowsByKey.entrySet().stream()
                .map(each -> KeySize.ofRows(each.getKey(), each.getValue()))
                .toList());
    }
}
