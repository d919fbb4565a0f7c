package io.partd.duckdb.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** Constants of a statement as values of a table's columns, and the keys that these have. DuckDB works them out. */
final class Constants {
    private static final int BATCH_ROWS = 2_048;

    private final Map<String, String> types;
    private final Connection connection;
    private final BufferAllocator allocator;

    /** @param types DuckDB's names of the types of the table's columns */
    Constants(Map<String, String> types, Connection connection, BufferAllocator allocator) {
        this.types = types;
        this.connection = connection;
        this.allocator = allocator;
    }

    /** Whether an expression is a literal, with a sign or a cast perhaps. */
    static boolean isConstant(JsonNode node) {
        return switch (node.path("class").asText()) {
            case "CONSTANT" -> true;
            case "CAST" -> isConstant(node.path("child"));
            case "FUNCTION" ->
                node.path("function_name").asText().equals("-")
                        && node.path("arguments").size() == 1
                        && isConstant(node.path("arguments").path(0).path("expression"));
            default -> false;
        };
    }

    /**
     * The keys of all combinations of values; null where one of them is no value of its column.
     *
     * @param values for each column
     */
    Set<String> keys(List<String> columns, List<List<JsonNode>> values, Partitioner partitioner) throws SQLException {
        List<String> lists = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            List<String> casts = casts(columns.get(i), values.get(i));
            if (casts == null) return null;
            lists.add("(SELECT unnest([" + String.join(", ", casts) + "]) AS " + Sql.identifier(columns.get(i)) + ")");
        }
        Set<String> keys = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + String.join(", ", lists));
                ArrowReader reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS)) {
            while (reader.loadNextBatch()) addKeys(reader.getVectorSchemaRoot(), partitioner, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void addKeys(VectorSchemaRoot values, Partitioner partitioner, Set<String> keys) {
        Map<String, VectorSchemaRoot> parts = partitioner.split(values);
        keys.addAll(parts.keySet());
        parts.values().forEach(VectorSchemaRoot::close);
    }

    /** The texts of values; null where one is no text. */
    Set<String> texts(String column, List<JsonNode> values) throws SQLException {
        List<String> casts = casts(column, values);
        if (casts == null) return null;
        Set<String> texts = new HashSet<>();
        for (String cast : casts) texts.add(SqlTree.one("SELECT " + cast, connection));
        return texts;
    }

    /** The values as ones of the column's type; null where another value of the column may be equal to one of them. */
    private List<String> casts(String column, List<JsonNode> values) throws SQLException {
        String type = types.get(column);
        if (type == null) return null;
        List<String> casts = new ArrayList<>();
        for (JsonNode value : values) {
            String text = SqlTree.sql(value, connection);
            String cast = "TRY_CAST(" + text + " AS " + type + ")";
            boolean fits = isText(value) || isLike(type, SqlTree.one("SELECT typeof(" + text + ")", connection));
            if (!fits || !"true".equals(SqlTree.one("SELECT (" + cast + " = " + text + ")::VARCHAR", connection))) {
                return null;
            }
            casts.add("CAST(" + text + " AS " + type + ")");
        }
        return casts;
    }

    /** A text without a type of its own, which is read as a value of the column. */
    private static boolean isText(JsonNode value) {
        return value.path("literal").path("kind").asText().equals("STRING");
    }

    /** Whether equality of these types is that of the values: text is also compared by what numbers it means. */
    private static boolean isLike(String type, String other) {
        return type.equals(other) || isNumber(type) && isNumber(other);
    }

    private static boolean isNumber(String type) {
        String name = type.toUpperCase(Locale.ROOT);
        return name.endsWith("INT") || name.endsWith("INTEGER") || name.startsWith("DECIMAL") || isFloating(name);
    }

    private static boolean isFloating(String name) {
        return name.equals("FLOAT") || name.equals("DOUBLE");
    }
}
