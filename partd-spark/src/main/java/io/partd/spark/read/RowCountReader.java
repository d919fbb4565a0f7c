package io.partd.spark.read;

import io.partd.arrow.ArrowStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Counts rows, where no column is asked for: only the headers of batches are read. */
final class RowCountReader implements PartitionReader<ColumnarBatch> {
    private final StoredKeys keys;
    private final ColumnarBatch batch = new ColumnarBatch(new ColumnVector[0]);
    private long left;

    RowCountReader(KeySlice slice, Configuration conf, String store) {
        keys = new StoredKeys(slice, conf, store);
    }

    @Override
    public boolean next() {
        while (left == 0) {
            ArrowStream stream = keys.next();
            if (stream == null) return false;
            left = stream.rows();
        }
        int rows = (int) Math.min(left, Integer.MAX_VALUE);
        left -= rows;
        batch.setNumRows(rows);
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() {
        keys.close();
    }
}
