package io.partd.benchmarks.peers;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** This project's store of Arrow tables, over a file store. */
final class PartdTables implements TablePeer {
    private final int threads;
    private final ArrowOptions options;
    private Partitioner by;
    private Tables tables;
    private ArrowPartd store;

    /** @param stageMiB what waits in memory, to be written together */
    PartdTables(int threads, int stageMiB) {
        this.threads = threads;
        this.options = ArrowOptions.defaults().withStageBytes((long) stageMiB << 20);
    }

    @Override
    public void open(Path directory, Tables newTables, int parts) {
        tables = newTables;
        by = Partitioner.hash(parts, "symbol");
        store = ArrowPartd.over(Partds.file(directory), tables.allocator(), options);
    }

    /** What is staged is written before the keys are known. */
    @Override
    public long write() throws Exception {
        long rows = Parallel.sum(threads, this::append);
        store.keys();
        return rows;
    }

    private long append(int first) {
        List<VectorSchemaRoot> batches = tables.batches();
        long rows = 0;
        for (int i = first; i < tables.sizes().batches(); i += threads) {
            VectorSchemaRoot batch = batches.get(i % batches.size());
            store.append(batch, by);
            rows += batch.getRowCount();
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
            try (VectorSchemaRoot part = store.get(key, columns)) {
                sum.add(part);
            }
        }
    }

    @Override
    public TableSums sums() throws IOException {
        TableSums sums = TableSums.NONE;
        for (String key : store.keys()) {
            try (ArrowReader reader = store.reader(key)) {
                while (reader.loadNextBatch()) sums = sums.plus(TableSums.of(reader.getVectorSchemaRoot()));
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
