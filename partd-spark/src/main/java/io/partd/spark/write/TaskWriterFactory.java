package io.partd.spark.write;

import io.partd.spark.layout.TaskConf;
import java.net.URI;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Makes the writers of tasks.
 *
 * @param places by column of the schema, where it stands in the rows
 * @param memory how many bytes of rows a task keeps, about
 * @param compression the codec's name
 */
record TaskWriterFactory(
        URI store, TaskConf conf, StructType schema, String partitioner, int[] places, long memory, String compression)
        implements DataWriterFactory {
    private static final long serialVersionUID = 1;

    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
        return new TaskWriter(this);
    }
}
