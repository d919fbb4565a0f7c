package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** How DuckDB keeps a table in parts. */
enum DuckForm {
    /** Parquet files in a directory for each part; not compressed, as nothing is here. */
    PARQUET {
        @Override
        String write(String source, String part, Path directory) {
            return "COPY (SELECT *, " + part + " AS part FROM " + source + ") TO '" + directory.resolve("parts")
                    + "' (FORMAT parquet, PARTITION_BY (part), COMPRESSION uncompressed)";
        }

        @Override
        String part(Path directory, String part) {
            return "read_parquet('" + directory.resolve("parts") + "/part=" + part
                    + "/*.parquet', hive_partitioning = false)";
        }

        @Override
        List<String> parts(Duck duck, Path directory) throws IOException {
            try (Stream<Path> found = Files.list(directory.resolve("parts"))) {
                return found.map(path -> path.getFileName().toString().substring("part=".length()))
                        .toList();
            }
        }

        @Override
        String all(Path directory) {
            return "read_parquet('" + directory.resolve("parts") + "/*/*.parquet', hive_partitioning = true)";
        }
    },
    /** A table in a database file, whose rows lie in the order of their parts. */
    TABLE {
        @Override
        String write(String source, String part, Path directory) {
            return "CREATE TABLE parts AS SELECT *, " + part + " AS part FROM " + source + " ORDER BY part";
        }

        @Override
        String part(Path directory, String part) {
            return "(SELECT * EXCLUDE part FROM parts WHERE part = '" + part + "')";
        }

        @Override
        List<String> parts(Duck duck, Path directory) throws SQLException {
            return duck.texts("SELECT DISTINCT part FROM parts");
        }

        @Override
        String all(Path directory) {
            return "parts";
        }
    };

    /** The statement that writes everything. */
    abstract String write(String source, String part, Path directory);

    /** What a part is read from. */
    abstract String part(Path directory, String part);

    /** The parts that have rows. */
    abstract List<String> parts(Duck duck, Path directory) throws IOException, SQLException;

    /** What everything is read from, with a column {@code part}. */
    abstract String all(Path directory);
}
