package io.partd.benchmarks.peers;

import io.partd.Partds;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import io.partd.tablesaw.ArrowTables;
import io.partd.tablesaw.SubMillis;
import io.partd.tablesaw.TablePartd;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import tech.tablesaw.api.Table;

/** This project's store of Tablesaw tables, over a file store. The times have no microseconds. */
public final class TablesawTables implements TablePeer {
    private List<Table> batches;
    private Partitioner by;
    private Tables tables;
    private TablePartd store;

    /** The batches as Tablesaw tables, whose times have no microseconds. */
    public static List<Table> of(Tables tables) {
        return tables.batches().stream()
                .map(batch -> ArrowTables.toTable(batch, null, SubMillis.TRUNCATE))
                .toList();
    }

    @Override
    public void open(Path directory, Tables newTables, int parts) {
        tables = newTables;
        if (batches == null) batches = of(tables);
        by = Partitioner.hash(parts, "symbol");
        store = TablePartd.over(Partds.file(directory));
    }

    @Override
    public long write() {
        long rows = 0;
        for (int i = 0; i < tables.sizes().batches(); i++) {
            Table batch = batches.get(i % batches.size());
            store.append(batch, by);
            rows += batch.rowCount();
        }
        return rows;
    }

    @Override
    public boolean readsColumns() {
        return true;
    }

    @Override
    public void read(PriceSum sum, boolean priceAlone) {
        String[] columns = priceAlone ? new String[] {"price"} : new String[0];
        for (String key : store.keys()) {
            Table part = store.get(key, columns);
            sum.add(part.rowCount(), part.doubleColumn("price").sum());
        }
    }

    @Override
    public TableSums sums() {
        TableSums sums = TableSums.NONE;
        for (String key : store.keys()) {
            try (VectorSchemaRoot part = ArrowTables.toArrow(store.get(key), tables.allocator())) {
                sums = sums.plus(TableSums.of(part));
            }
        }
        return sums;
    }

    @Override
    public void close() {
        if (store != null) store.close();
        store = null;
    }
}
