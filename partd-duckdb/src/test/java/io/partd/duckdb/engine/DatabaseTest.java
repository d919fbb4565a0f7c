package io.partd.duckdb.engine;

import io.partd.duckdb.DuckOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DatabaseTest {
    @TempDir
    Path directory;

    @Test
    void hasTheMemoryAndTheThreadsOfItsOptions() throws SQLException {
        try (Database database = new Database(DuckOptions.memory("200MB").threads(1));
                DuckDBConnection connection = database.connect()) {
            assertEquals("1", setting(connection, "threads"));
            assertEquals("95.3 MiB", setting(connection, "memory_limit"));
        }
    }

    private static String setting(DuckDBConnection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_setting('" + name + "')::VARCHAR")) {
            result.next();
            return result.getString(1);
        }
    }

    /** The tests of this module run without the flag that Arrow asks for. */
    @Test
    void resultsAreArrowsWithoutAnyFlag() throws Exception {
        try (Database database = new Database(DuckOptions.defaults());
                DuckDBConnection connection = database.connectForPieces();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 42::BIGINT AS answer");
                ArrowReader reader = (ArrowReader)
                        result.unwrap(DuckDBResultSet.class).arrowExportStream(database.allocator(), 2048)) {
            assertTrue(reader.loadNextBatch());
            BigIntVector answer = (BigIntVector) reader.getVectorSchemaRoot().getVector("answer");
            assertEquals(42, answer.get(0));
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRemovedOnClose() throws Exception {
        DuckOptions options = DuckOptions.memory("64MB").threads(1).temporaryIn(directory);
        try (Database database = new Database(options);
                DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE large AS SELECT hash(range)::VARCHAR AS text FROM range(4_000_000)");
            try (Stream<Path> spilled = Files.walk(directory)) {
                assertTrue(spilled.filter(Files::isRegularFile).findAny().isPresent());
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
