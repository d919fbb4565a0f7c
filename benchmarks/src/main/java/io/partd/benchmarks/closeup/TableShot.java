package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** A table, and a file store that is made anew for each iteration. */
public abstract class TableShot extends Shot {
    Tables tables;
    private TableLayout layout;
    private BufferAllocator allocator;
    private ArrowPartd store;

    @Override
    void make() {
        tables = new Tables(context.sizes().tables());
        tables.batches();
    }

    /** Releases the table. */
    @TearDown(Level.Trial)
    public void end() {
        tables.close();
    }

    final void open(TableLayout newLayout) {
        layout = newLayout;
        allocator = tables.allocator().newChildAllocator(layout.name(), 0, Long.MAX_VALUE);
        store = ArrowPartd.over(Partds.file(own), allocator, layout.options(tables.sizes()));
    }

    /** The system has memory for what is appended. */
    final void warmMemory() throws IOException {
        PlainFiles.warmMemory(own, bytes());
    }

    @Override
    long bytes() {
        return tables.bytes();
    }

    @Override
    long rows() {
        return tables.sizes().rows();
    }

    /** Appends all batches by several threads, and has what was staged written. */
    final long write(int threads) throws Exception {
        Partitioner by = layout.by(tables.sizes());
        long rows = Parallel.sum(threads, thread -> append(by, thread, threads));
        store.keys();
        return count(rows);
    }

    private long append(Partitioner by, int first, int step) {
        List<VectorSchemaRoot> batches = tables.batches();
        long rows = 0;
        for (int i = first; i < tables.sizes().batches(); i += step) {
            VectorSchemaRoot batch = batches.get(i % batches.size());
            store.append(batch, by);
            rows += batch.getRowCount();
        }
        return rows;
    }

    /** Reads all parts, one after the other. */
    final long read(TableForm form) throws IOException {
        long rows = 0;
        for (int part = 0; part < layout.parts(tables.sizes()); part++) {
            rows += form.read(store, Integer.toString(part));
        }
        return count(rows);
    }

    @Override
    void close() {
        store.close();
        allocator.close();
    }
}
