package io.partd.spark.read;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.ArrowStream;
import io.partd.spark.rows.SparkTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Gives the batches of a task's keys as Spark's columns, in the memory that they were read into. For one thread. */
final class SliceReader implements PartitionReader<ColumnarBatch> {
    private final StoredKeys keys;
    private final String[] names;
    private final StructType columns;
    private final BufferAllocator allocator;
    /** Columns that were dictionary-encoded, until the next batch. */
    private final List<FieldVector> decoded = new ArrayList<>();

    private ArrowReader reader;
    private ColumnarBatch batch;

    SliceReader(KeySlice slice, Configuration conf, String store, StructType columns) {
        this.columns = columns;
        this.names = columns.fieldNames();
        this.keys = new StoredKeys(slice, conf, store);
        this.allocator = ArrowPartd.sharedAllocator().newChildAllocator("partd-spark read", 0, Long.MAX_VALUE);
    }

    @Override
    public boolean next() throws IOException {
        releaseDecoded();
        while (true) {
            if (reader == null && !openNext()) return false;
            while (reader.loadNextBatch()) {
                int rows = reader.getVectorSchemaRoot().getRowCount();
                if (rows == 0) continue;
                batch = new ColumnarBatch(vectors(), rows);
                return true;
            }
            closeReader();
        }
    }

    private boolean openNext() throws IOException {
        ArrowStream stream = keys.next();
        if (stream == null) return false;
        requireTypes(stream);
        reader = stream.reader(allocator, names);
        return true;
    }

    /** A key that was written by others may have another schema than the one that the store was opened with. */
    private void requireTypes(ArrowStream stream) {
        StructType found = SparkTypes.toSpark(stream.schema());
        for (StructField column : columns.fields()) {
            boolean there = found.getFieldIndex(column.name()).isDefined();
            if (there && SparkTypes.equal(found.apply(column.name()).dataType(), column.dataType())) continue;
            throw new IllegalArgumentException(stream.name() + " has the columns " + found.toDDL() + ", and no "
                    + column.toDDL() + " as other keys have: read such keys with ArrowPartd");
        }
    }

    private ColumnVector[] vectors() throws IOException {
        List<FieldVector> fields = reader.getVectorSchemaRoot().getFieldVectors();
        ColumnVector[] vectors = new ColumnVector[fields.size()];
        for (int i = 0; i < vectors.length; i++)
            vectors[i] = PlacedVector.of(columns.fields()[i].dataType(), decode(fields.get(i)));
        return vectors;
    }

    private FieldVector decode(FieldVector vector) throws IOException {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding == null) return vector;
        FieldVector values = (FieldVector)
                DictionaryEncoder.decode(vector, reader.getDictionaryVectors().get(encoding.getId()), allocator);
        decoded.add(values);
        return values;
    }

    private void releaseDecoded() {
        decoded.forEach(FieldVector::close);
        decoded.clear();
    }

    private void closeReader() throws IOException {
        ArrowReader closing = reader;
        reader = null;
        if (closing != null) closing.close();
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() throws IOException {
        try (allocator;
                keys) {
            releaseDecoded();
            closeReader();
        }
    }
}
