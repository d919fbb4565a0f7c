package io.partd.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writing and reading a store as users do. */
public record Stores(Path directory) {
    public String path(String name) {
        return directory.resolve(name).toString();
    }

    /** Appends rows, which are partitioned by this if the store is new. */
    public void append(Dataset<Row> rows, String name, String partitioner) {
        rows.write()
                .format("partd")
                .option("partitioner", partitioner)
                .mode("append")
                .save(path(name));
    }

    public Dataset<Row> read(String name) {
        return Spark.session().read().format("partd").load(path(name));
    }

    /** The files of a store that are segments. */
    public List<String> segments(String name) {
        return files(name).stream().filter(file -> file.endsWith(".seg")).toList();
    }

    /** All files of a store; none where there is no store. */
    public List<String> files(String name) {
        Path store = directory.resolve(name);
        if (!Files.exists(store)) return List.of();
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
