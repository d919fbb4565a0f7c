package io.partd.spark.speed;

import io.partd.spark.layout.Layout;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a table is stored as. */
enum Form {
    STORE("partd"),
    /** As {@link #STORE}, but Spark brings the rows of a part together first. */
    SHUFFLED("partd, shuffle=true"),
    BUCKETED("Parquet, bucketed"),
    PLAIN("Parquet");

    final String text;

    Form(String text) {
        this.text = text;
    }

    /** Puts rows to a place where nothing is, in so many parts by a column; the options are those of the format. */
    void write(Dataset<Row> rows, Place place, int parts, String column, Map<String, String> options) {
        String partitioner = "hash(" + parts + ", \"" + column + "\")";
        switch (this) {
            case STORE, SHUFFLED ->
                rows.write()
                        .format("partd")
                        .options(options)
                        .option("partitioner", partitioner)
                        .option("shuffle", this == SHUFFLED)
                        .save(place.path());
            case BUCKETED ->
                rows.write()
                        .options(options)
                        .option("path", place.path())
                        .bucketBy(parts, column)
                        .saveAsTable(Layout.quoted(place.table()));
            case PLAIN -> rows.write().options(options).parquet(place.path());
        }
    }

    Dataset<Row> read(SparkSession spark, Place place) {
        return switch (this) {
            case STORE, SHUFFLED -> spark.read().format("partd").load(place.path());
            case BUCKETED -> spark.table(Layout.quoted(place.table()));
            case PLAIN -> spark.read().parquet(place.path());
        };
    }
}
