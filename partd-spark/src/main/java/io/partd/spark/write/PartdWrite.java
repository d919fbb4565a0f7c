package io.partd.spark.write;

import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import io.partd.spark.rows.SparkTypes;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One write. Each task splits its rows; the order of tasks is their order under a key. */
final class PartdWrite implements Write {
    private final Target target;
    private final Layout layout;
    private final int[] places;
    private final Options options;
    private final String queryId;

    /** @throws IllegalArgumentException if the rows have not the columns of the layout, or an option is wrong */
    PartdWrite(Target target, Layout layout, StructType rows, Options options, String queryId) {
        this.target = target;
        this.layout = layout;
        this.places = places(layout.schema(), rows);
        this.options = options;
        this.queryId = queryId;
        options.memory();
        options.compression();
    }

    Layout layout() {
        return layout;
    }

    /** By column of the layout, where it stands in the rows. */
    private static int[] places(StructType layout, StructType rows) {
        if (rows.length() != layout.length()) throw unlike(layout, rows);
        int[] places = new int[layout.length()];
        for (int i = 0; i < places.length; i++) {
            StructField column = layout.fields()[i];
            if (rows.getFieldIndex(column.name()).isEmpty()) throw unlike(layout, rows);
            places[i] = rows.fieldIndex(column.name());
            StructField written = rows.fields()[places[i]];
            if (SparkTypes.equal(written.dataType(), column.dataType())) continue;
            throw new IllegalArgumentException("column \"" + column.name() + "\" of the store is "
                    + column.dataType().sql() + ", and that of the rows "
                    + written.dataType().sql());
        }
        return places;
    }

    private static IllegalArgumentException unlike(StructType layout, StructType rows) {
        return new IllegalArgumentException(
                "the store has the columns " + layout.toDDL() + ", and the rows " + rows.toDDL());
    }

    @Override
    public BatchWrite toBatch() {
        return new PartdBatchWrite(
                target, layout, places, options, options.jobId().orElse(queryId));
    }

    @Override
    public String description() {
        return "partd " + target.store() + " by " + layout.partitionerText();
    }
}
