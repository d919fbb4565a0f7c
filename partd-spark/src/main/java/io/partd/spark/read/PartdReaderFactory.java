package io.partd.spark.read;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes the readers of tasks, which give columns.
 *
 * @param store where the store is, for errors
 */
record PartdReaderFactory(SerializableConfiguration conf, String store, StructType columns)
        implements PartitionReaderFactory {
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
        if (columns.isEmpty()) return new RowCountReader(slice, conf.value(), store);
        return new SliceReader(slice, conf.value(), store, columns);
    }
}
