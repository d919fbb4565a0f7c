package io.partd.arrow.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** Real flights in a Parquet file, as DuckDB reads them: all rows as Arrow batches, and sums to compare with. */
public final class Flights implements AutoCloseable {
    private static final Path FULL = Path.of("../../shared/data/flights-3m.parquet");
    private static final Path SAMPLE = Path.of("../samples/flights-sample.parquet");
    private static final int BATCH_ROWS = 65_536;

    private final Connection connection;

    private Flights(Path file) throws SQLException {
        System.out.println("flights from " + file.toAbsolutePath().normalize());
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE VIEW flights AS
                    SELECT file_row_number AS row, date, delay, distance, origin, destination
                    FROM read_parquet('%s', file_row_number = true)""".replace("%s", file.toString()));
            statement.execute("CREATE TYPE place AS ENUM (SELECT DISTINCT destination FROM flights)");
        }
    }

    /** Every 15th flight, from this repository. */
    public static Flights sample() throws SQLException {
        return new Flights(SAMPLE);
    }

    /** All 3,000,000 flights where they lie beside this repository, else the sample. */
    public static Flights full() throws SQLException {
        return new Flights(Files.exists(FULL) ? FULL : SAMPLE);
    }

    /** Takes in the batches of all rows, in order; {@code destination} is dictionary-encoded. */
    public interface Sink {
        void take(ArrowReader reader) throws Exception;
    }

    public void read(BufferAllocator allocator, Sink sink) throws Exception {
        String query = "SELECT * REPLACE (destination::place AS destination) FROM flights ORDER BY row";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query);
                ArrowReader reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS)) {
            sink.take(reader);
        }
    }

    /** What the flights from one airport add up to. */
    public record Totals(long count, long delay, long distance) {
        public Totals plus(long moreDelay, long moreDistance) {
            return new Totals(count + 1, delay + moreDelay, distance + moreDistance);
        }
    }

    /** The totals by origin, added up by DuckDB. */
    public Map<String, Totals> totals() throws SQLException {
        Map<String, Totals> totals = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT origin, count(*), sum(delay)::BIGINT, sum(distance)::BIGINT FROM flights GROUP BY origin")) {
            while (result.next()) {
                totals.put(result.getString(1), new Totals(result.getLong(2), result.getLong(3), result.getLong(4)));
            }
        }
        return totals;
    }

    /** All flights from an airport in the order of the file, each as text. */
    public List<String> from(String origin) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT row, epoch_us(date), delay, distance, destination"
                        + " FROM flights WHERE origin = '" + origin + "' ORDER BY row")) {
            while (result.next()) {
                rows.add(text(
                        result.getLong(1),
                        result.getLong(2),
                        result.getLong(3),
                        result.getLong(4),
                        result.getString(5)));
            }
        }
        return rows;
    }

    public static String text(long row, long microseconds, long delay, long distance, String destination) {
        return row + " " + microseconds + " " + delay + " " + distance + " " + destination;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
