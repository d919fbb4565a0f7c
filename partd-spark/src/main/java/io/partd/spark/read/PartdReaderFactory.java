package io.partd.spark.read;

import io.partd.spark.layout.TaskConf;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Makes the readers of tasks, which give columns.
 *
 * @param store where the store is, for errors
 */
record PartdReaderFactory(TaskConf conf, String store, StructType columns) implements PartitionReaderFactory {
    private static final long serialVersionUID = 1;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new UnsupportedOperationException("a store is read in columns");
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        KeySlice slice = KeySlice.of(partition);
        if (columns.isEmpty()) return new RowCountReader(slice, conf.get(), store);
        return new SliceReader(slice, conf.get(), store, columns);
    }
}
