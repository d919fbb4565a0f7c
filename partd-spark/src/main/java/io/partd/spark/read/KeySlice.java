package io.partd.spark.read;

import io.partd.hadoop.Places;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.HasPartitionKey;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: some keys, or some of one key's chunks, with the places where they lie.
 *
 * @param head the schema message that goes before chunks from within a key; empty of whole keys
 */
record KeySlice(List<String> keys, Places places, byte[] head) implements InputPartition {
    private static final long serialVersionUID = 1;

    /**
     * A key whose bucket or values Spark is told, so that it need not bring equal ones together.
     *
     * @param partitionKey what the partitioning makes of the key's rows
     */
    record Grouped(KeySlice slice, InternalRow partitionKey) implements InputPartition, HasPartitionKey {
        private static final long serialVersionUID = 1;
    }

    static KeySlice of(InputPartition partition) {
        return partition instanceof Grouped grouped ? grouped.slice : (KeySlice) partition;
    }
}
