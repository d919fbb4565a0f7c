package io.partd.spark.write;

import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.hadoop.HadoopWriter;
import io.partd.spark.layout.Options;
import io.partd.spark.rows.RowBatch;
import io.partd.spark.rows.SparkTypes;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * One attempt of one task: gathers rows in Arrow's columns, splits them, and writes segments that only the driver's
 * commit makes visible. For one thread.
 */
final class TaskWriter implements DataWriter<InternalRow> {
    /** Of all memory, what the rows take that were not split yet: one part of so many. */
    private static final int BATCH_PART = 8;

    private static final int MAX_ROWS = 1 << 16;

    /** What a task has of Arrow's memory at most, as a multiple of what it keeps: vectors grow by doubling. */
    private static final int BOUND = 2;

    private final BufferAllocator allocator;
    private final long memory;
    private final Partitioner partitioner;
    private final HadoopWriter segments;
    private final ArrowPartd tables;
    private final RowBatch batch;
    private final long batchBytes;

    TaskWriter(TaskWriterFactory from) {
        partitioner = Partitioner.parse(from.partitioner());
        memory = from.memory();
        batchBytes = memory / BATCH_PART;
        allocator = ArrowPartd.sharedAllocator().newChildAllocator("partd-spark write", 0, BOUND * memory);
        batch = firstBatch(from);
        segments = HadoopWriter.open(from.store(), from.conf().get());
        // A stage has scratch memory beside it, of half its size.
        long stageBytes = (memory - batchBytes) / 2;
        ArrowOptions options = ArrowOptions.defaults()
                .withCompression(CodecType.valueOf(from.compression()))
                .withStageBytes(stageBytes);
        tables = ArrowPartd.over(segments, allocator, options);
    }

    private RowBatch firstBatch(TaskWriterFactory from) {
        try {
            return new RowBatch(SparkTypes.toArrow(from.schema()), allocator, from.places());
        } catch (OutOfMemoryException e) {
            allocator.close();
            throw tooLittle(e);
        }
    }

    @Override
    public void write(InternalRow row) {
        try {
            batch.add(row);
            if (batch.rows() == MAX_ROWS || batch.bytes() >= batchBytes) split();
        } catch (OutOfMemoryException e) {
            throw tooLittle(e);
        }
    }

    /** Without Arrow's exception as its cause: that cannot be serialized, and the driver would never hear of it. */
    private IllegalArgumentException tooLittle(OutOfMemoryException e) {
        return new IllegalArgumentException("the rows of a task need more than " + BOUND * memory
                + " bytes, twice what the option \"" + Options.MEMORY + "\" allows: set it to more than " + memory
                + " bytes (" + e.getMessage() + ")");
    }

    private void split() {
        if (batch.rows() > 0) tables.append(batch.table(), partitioner);
        batch.clear();
    }

    @Override
    public WriterCommitMessage commit() {
        try {
            split();
            tables.flush();
        } catch (OutOfMemoryException e) {
            throw tooLittle(e);
        }
        return new Written(segments.seal());
    }

    /** Takes away what was written. */
    @Override
    public void abort() {
        segments.abort();
    }

    /** Without a commit before it, takes away what was written. */
    @Override
    public void close() {
        try (allocator;
                batch) {
            tables.close();
        }
    }
}
