package io.partd.duckdb.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which columns each scan of a statement reads, as DuckDB's plan says. */
final class ScanColumns {
    /** By the name of the table: for each of its scans, the columns. */
    private final Map<String, List<List<String>>> scans = new LinkedHashMap<>();

    private ScanColumns() {}

    static ScanColumns of(String sql, Connection connection) throws SQLException {
        ScanColumns found = new ScanColumns();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN (FORMAT json) " + sql)) {
            result.next();
            found.collect(new ObjectMapper().readTree(result.getString(2)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DuckDB's plan is no JSON: " + e.getMessage(), e);
        }
        return found;
    }

    private void collect(JsonNode node) {
        JsonNode table = node.path("extra_info").path("Table");
        if (table.isTextual()) {
            String name = table.asText().substring(table.asText().lastIndexOf('.') + 1);
            scans.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(names(node.path("extra_info").path("Projections")));
        }
        node.forEach(child -> {
            if (child.isContainerNode()) collect(child);
        });
    }

    private static List<String> names(JsonNode projections) {
        List<String> names = new ArrayList<>();
        if (projections.isTextual()) names.add(projections.asText());
        projections.forEach(name -> names.add(name.asText()));
        return names;
    }

    boolean isRead(String table) {
        return scans.containsKey(table);
    }

    boolean isReadTwice(String table) {
        return scans.getOrDefault(table, List.of()).size() > 1;
    }

    /**
     * The columns that are read, in the order that the table has them; all of them where the plan names something else,
     * such as a part of a column.
     */
    List<String> of(String table, List<String> all) {
        Set<String> used = new LinkedHashSet<>();
        scans.getOrDefault(table, List.of()).forEach(used::addAll);
        used.remove("");
        if (!all.containsAll(used)) return all;
        return all.stream().filter(used::contains).toList();
    }
}
