package io.partd.cli.shuffle;

import io.partd.arrow.ArrowOptions;
import io.partd.cli.common.Bar;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Interrupt;
import io.partd.cli.common.Memory;
import io.partd.cli.output.Summary;
import io.partd.cli.store.Connection;
import io.partd.duckdb.DuckRead;
import io.partd.duckdb.RowBatches;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Splits inputs into a store. */
public final class Shuffle {
    /**
     * What is to be done.
     *
     * @param read what is read, and how it is split
     * @param dry whether it is only said what would be made
     * @param json whether what is said is an object of JSON
     */
    public record Job(
            DuckRead read,
            String store,
            Connection connection,
            boolean append,
            boolean dry,
            boolean json,
            ArrowOptions options,
            Memory memory) {}

    private final Job job;
    private final long started = System.nanoTime();
    private final Interrupt interrupt = new Interrupt();
    private RowBatches batches;
    private long rows;
    private long bytes;

    public Shuffle(Job job) {
        this.job = job;
    }

    public void run() throws Exception {
        try (interrupt) {
            // What is wrong with the inputs or the columns is found before anything is made.
            if (!interrupt.next(this::begin)) {
                System.err.println("partd shuffle: interrupted; nothing was read");
                return;
            }
            try (RowBatches all = batches) {
                interrupt.cancelBy(all::cancel);
                if (job.dry) new DryRun(batches, job.json).run(job.store, interrupt);
                else write();
            }
        }
    }

    private boolean begin() {
        batches = job.read.rows();
        return true;
    }

    private void write() throws Exception {
        try (BufferAllocator allocator = new RootAllocator(job.memory.forStore());
                ShuffleTarget target =
                        ShuffleTarget.open(job.store, job.connection, job.append, allocator, job.options)) {
            write(target);
            if (interrupt.cut()) System.err.println("partd shuffle: interrupted; " + written());
            else if (job.json) Summary.printJson(target.view(), rows, batches.leftOut(), started);
            else Summary.print(target.view(), rows, batches.leftOut(), (System.nanoTime() - started) / 1e9);
        }
    }

    private void write(ShuffleTarget target) throws Exception {
        try (Bar progress = new Bar(job.store, "rows", Bar.UNKNOWN)) {
            while (interrupt.next(batches::next)) {
                VectorSchemaRoot root = batches.root();
                target.tables().append(root, batches.partitioner(), batches.dictionaries());
                rows += root.getRowCount();
                bytes += size(root);
                progress.show(rows, bytes, batches.done());
            }
            target.tables().flush();
        } catch (Exception | OutOfMemoryError e) {
            if (rows == 0) throw e;
            throw new Failure(Errors.reason(e) + "; " + written(), e);
        }
    }

    /** The bytes in the buffers that a batch needs. */
    private static long size(VectorSchemaRoot root) {
        long size = 0;
        for (FieldVector vector : root.getFieldVectors()) size += vector.getBufferSize();
        return size;
    }

    private String written() {
        String kept = "the rows that were read before that are in " + job.store;
        return job.append ? kept : kept + ": 'partd drop " + job.store + "' removes them";
    }
}
