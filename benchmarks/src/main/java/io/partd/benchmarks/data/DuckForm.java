package io.partd.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** How DuckDB keeps a table in parts. */
public enum DuckForm {
    /** Parquet files in a directory for each part; not compressed, as nothing is here. */
    PARQUET {
        @Override
        public String write(String source, String part, Path directory) {
            return "COPY (SELECT *, " + part + " AS part FROM " + source + ") TO '" + directory.resolve("parts")
                    + "' (FORMAT parquet, PARTITION_BY (part), COMPRESSION uncompressed)";
        }

        @Override
        public String part(Path directory, String part) {
            return "read_parquet('" + directory.resolve("parts") + "/part=" + part
                    + "/*.parquet', hive_partitioning = false)";
        }

        @Override
        public List<String> parts(Duck duck, Path directory) throws IOException {
            try (Stream<Path> found = Files.list(directory.resolve("parts"))) {
                return found.map(path -> path.getFileName().toString().substring("part=".length()))
                        .toList();
            }
        }

        @Override
        public String all(Path directory) {
            return "read_parquet('" + directory.resolve("parts") + "/*/*.parquet', hive_partitioning = true)";
        }
    },
    /** A table in a database file, whose rows lie in the order of their parts. */
    TABLE {
        @Override
        public String write(String source, String part, Path directory) {
            return "CREATE TABLE parts AS SELECT *, " + part + " AS part FROM " + source + " ORDER BY part";
        }

        @Override
        public String part(Path directory, String part) {
            return "(SELECT * EXCLUDE part FROM parts WHERE part = '" + part + "')";
        }

        @Override
        public List<String> parts(Duck duck, Path directory) throws SQLException {
            return duck.texts("SELECT DISTINCT part FROM parts");
        }

        @Override
        public String all(Path directory) {
            return "parts";
        }
    };

    /** The statement that writes everything. */
    public abstract String write(String source, String part, Path directory);

    /** What a part is read from. */
    public abstract String part(Path directory, String part);

    /** The parts that have rows. */
    public abstract List<String> parts(Duck duck, Path directory) throws IOException, SQLException;

    /** What everything is read from, with a column {@code part}. */
    public abstract String all(Path directory);
}
