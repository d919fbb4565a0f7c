package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A workload on a partitioned table in a file store that is made anew for each run. */
abstract class TableWorkload implements Workload {
    final RunContext setting;
    final Tables tables;
    final TableLayout layout;
    private BufferAllocator allocator;
    private ArrowPartd store;
    private Path directory;

    TableWorkload(RunContext setting, Tables tables, TableLayout layout) {
        this.setting = setting;
        this.tables = tables;
        this.layout = layout;
    }

    @Override
    public long bytes() {
        return tables.bytes();
    }

    @Override
    public long rows() {
        return tables.sizes().rows();
    }

    @Override
    public void prepare() throws Exception {
        tables.batches();
        directory = Directories.create(setting);
        allocator = tables.allocator().newChildAllocator(name(), 0, Long.MAX_VALUE);
        store = ArrowPartd.over(Partds.file(directory), allocator, layout.options());
    }

    void warmMemory() throws IOException {
        PlainFiles.warmMemory(directory, bytes());
    }

    /** Appends all batches by several threads, and has what was staged written. */
    long write(int threads) throws Exception {
        long rows = Parallel.sum(threads, thread -> append(thread, threads));
        store.keys();
        return rows;
    }

    private long append(int first, int step) {
        List<VectorSchemaRoot> batches = tables.batches();
        long rows = 0;
        for (int i = first; i < tables.sizes().batches(); i += step) {
            VectorSchemaRoot batch = batches.get(i % batches.size());
            store.append(batch, layout.by());
            rows += batch.getRowCount();
        }
        return rows;
    }

    /** Reads all parts, one after the other. */
    long read(TableForm form) throws IOException {
        long rows = 0;
        for (int part = 0; part < layout.parts(); part++) rows += form.read(store, Integer.toString(part));
        return rows;
    }

    @Override
    public void clean() throws IOException {
        if (store != null) store.close();
        store = null;
        if (allocator != null) allocator.close();
        allocator = null;
        Directories.delete(directory);
    }
}
