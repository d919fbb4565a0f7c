package io.partd.cli.shuffle;

import io.partd.arrow.ArrowOptions;
import io.partd.arrow.Partitioner;
import io.partd.cli.common.Bar;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.input.Batches;
import io.partd.cli.input.Input;
import io.partd.cli.store.Connection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Splits inputs into a store. */
public final class Shuffle {
    /**
     * What is to be done.
     *
     * @param keys the columns that decide which partition a row goes to
     * @param columns which to store, or none for all
     */
    public record Job(
            List<Input> inputs,
            List<String> keys,
            PartitionOptions how,
            List<String> columns,
            String store,
            Connection connection,
            boolean append,
            ArrowOptions options,
            Memory memory) {}

    private final Job job;
    private final long started = System.nanoTime();
    private final Interrupt interrupt = new Interrupt();
    private long rows;
    private long bytes;

    public Shuffle(Job job) {
        this.job = job;
    }

    public void run() throws Exception {
        try (interrupt;
                BufferAllocator allocator = new RootAllocator(job.memory.forArrow());
                Batches batches = new Batches(job.inputs, job.columns, allocator, job.memory)) {
            // What is wrong with the inputs or the columns is found before anything is made.
            batches.open();
            Partitioner partitioner = job.how.partitioner(job.keys, batches.schema(), batches.dictionaries());
            try (ShuffleTarget target =
                    ShuffleTarget.open(job.store, job.connection, job.append, allocator, job.options)) {
                write(batches, target, partitioner);
                if (interrupt.cut()) System.err.println("partd shuffle: interrupted; " + written());
                else Summary.print(target.view(), rows, (System.nanoTime() - started) / 1e9);
            }
        }
    }

    private void write(Batches batches, ShuffleTarget target, Partitioner partitioner) throws Exception {
        try (Bar progress = new Bar(job.store, "rows", Bar.UNKNOWN)) {
            while (interrupt.next(batches::next)) {
                VectorSchemaRoot root = batches.root();
                target.tables().append(root, partitioner, batches.dictionaries());
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
