package io.partd.spark.write;

import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.hadoop.HadoopWriter;
import io.partd.spark.rows.RowBatch;
import io.partd.spark.rows.SparkTypes;
import org.apache.arrow.memory.BufferAllocator;
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

    private final BufferAllocator allocator;
    private final Partitioner partitioner;
    private final HadoopWriter segments;
    private final ArrowPartd tables;
    private final RowBatch batch;
    private final long batchBytes;

    TaskWriter(TaskWriterFactory from) {
        partitioner = Partitioner.parse(from.partitioner());
        batchBytes = from.memory() / BATCH_PART;
        allocator = ArrowPartd.sharedAllocator().newChildAllocator("partd-spark write", 0, Long.MAX_VALUE);
        batch = new RowBatch(SparkTypes.toArrow(from.schema()), allocator, from.places());
        segments = HadoopWriter.open(from.store(), from.conf().get());
        // A stage has scratch memory beside it, of half its size.
        long stageBytes = (from.memory() - batchBytes) / 2;
        ArrowOptions options = ArrowOptions.defaults()
                .withCompression(CodecType.valueOf(from.compression()))
                .withStageBytes(stageBytes);
        tables = ArrowPartd.over(segments, allocator, options);
    }

    @Override
    public void write(InternalRow row) {
        batch.add(row);
        if (batch.rows() == MAX_ROWS || batch.bytes() >= batchBytes) split();
    }

    private void split() {
        if (batch.rows() > 0) tables.append(batch.table(), partitioner);
        batch.clear();
    }

    @Override
    public WriterCommitMessage commit() {
        split();
        tables.flush();
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
