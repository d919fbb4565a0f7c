package io.partd.duckdb.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.partd.duckdb.engine.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A SELECT, taken apart by DuckDB's own parser. */
final class SqlTree {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A place where a table is named.
     *
     * @param node the name, and what goes with it
     * @param select the SELECT whose FROM it stands in
     * @param repeated whether it may be read more than once, in the recursive part of a WITH RECURSIVE
     */
    record Reference(ObjectNode node, ObjectNode select, boolean repeated) {
        String name() {
            return node.path("table_name").asText();
        }

        /** What columns of it may be qualified with. */
        String alias() {
            String alias = node.path("alias").asText();
            return alias.isEmpty() ? name() : alias;
        }

        /** Gives the table another name, and leaves what the statement calls it. */
        void rename(String name) {
            node.put("alias", alias());
            node.put("table_name", name);
            ((ObjectNode) node.path("qualified_name")).putArray("path").add(name);
        }
    }

    private final ObjectNode tree;

    private SqlTree(ObjectNode tree) {
        this.tree = tree;
    }

    /**
     * Takes a statement apart.
     *
     * @throws IllegalArgumentException if it is none, more than one, or no SELECT
     */
    static SqlTree parse(String sql, Connection connection) throws SQLException {
        ObjectNode tree = read(one("SELECT json_serialize_sql(" + Sql.literal(sql) + ")", connection));
        if (tree.path("error").asBoolean()) throw refused(tree, sql);
        int statements = tree.path("statements").size();
        if (statements != 1) {
            throw new IllegalArgumentException("these are " + statements + " statements: give one SELECT at a time");
        }
        return new SqlTree(tree);
    }

    private static IllegalArgumentException refused(ObjectNode error, String sql) {
        String message = error.path("error_message").asText();
        if (message.startsWith("Only SELECT")) {
            return new IllegalArgumentException(
                    "only a SELECT can be asked here, and this is none (a PIVOT goes into the FROM of one): " + sql);
        }
        String at = error.path("position").asText();
        return new IllegalArgumentException(
                at.isEmpty() ? message : message + "\n\n" + marked(sql, Integer.parseInt(at)));
    }

    /** The line of a statement, and below it a mark where something is wrong. */
    private static String marked(String sql, int at) {
        int begin = sql.lastIndexOf('\n', Math.min(at, sql.length()) - 1) + 1;
        int end = sql.indexOf('\n', begin);
        String line = end < 0 ? sql.substring(begin) : sql.substring(begin, end);
        return line + "\n" + " ".repeat(Math.max(0, at - begin)) + "^";
    }

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DuckDB's answer is no JSON: " + json, e);
        }
    }

    /** The one value that a query gives. */
    static String one(String query, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    /** The statement as SQL again. */
    String sql(Connection connection) throws SQLException {
        return one("SELECT json_deserialize_sql(" + Sql.literal(tree.toString()) + "::JSON)", connection);
    }

    /** An expression of a statement as SQL. */
    static String sql(JsonNode expression, Connection connection) throws SQLException {
        SqlTree alone = parse("SELECT 1", connection);
        ObjectNode select = (ObjectNode) alone.tree.path("statements").path(0).path("node");
        select.putArray("select_list").add(expression.deepCopy());
        return alone.sql(connection).substring("SELECT ".length());
    }

    /** The places where tables are named, but for those that the statement itself names by WITH. */
    List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        find(tree, new Scope(Set.of(), null, false), found);
        return found;
    }

    /** Where a node stands: which names are those of WITH, and in which SELECT. */
    private record Scope(Set<String> with, ObjectNode select, boolean repeated) {
        Scope with(String name) {
            Set<String> more = new HashSet<>(with);
            more.add(name.toLowerCase(Locale.ROOT));
            return new Scope(more, select, repeated);
        }

        Scope in(ObjectNode node) {
            return new Scope(with, node, repeated);
        }

        Scope again() {
            return new Scope(with, select, true);
        }
    }

    private static void find(JsonNode node, Scope around, List<Reference> found) {
        if (!(node instanceof ObjectNode object)) {
            node.forEach(child -> find(child, around, found));
            return;
        }
        String type = object.path("type").asText();
        Scope scope = named(object, type.equals("SELECT_NODE") ? around.in(object) : around, found);
        if (type.equals("BASE_TABLE") && isPlain(object, scope)) {
            found.add(new Reference(object, scope.select, scope.repeated));
        }
        object.properties().forEach(field -> {
            if (field.getKey().equals("cte_map")) return;
            boolean again = type.equals("RECURSIVE_CTE_NODE") && field.getKey().equals("right");
            find(field.getValue(), again ? scope.again() : scope, found);
        });
    }

    /** The scope behind a WITH, each of whose queries sees the names before it. */
    private static Scope named(ObjectNode object, Scope around, List<Reference> found) {
        Scope scope = around;
        for (JsonNode entry : object.path("cte_map").path("map")) {
            String name = entry.path("key").asText();
            JsonNode query = entry.path("value").path("query_node");
            boolean recursive = query.path("type").asText().equals("RECURSIVE_CTE_NODE");
            find(query, recursive ? scope.with(name) : scope, found);
            scope = scope.with(name);
        }
        return scope;
    }

    private static boolean isPlain(ObjectNode table, Scope scope) {
        return table.path("qualified_name").path("path").size() == 1
                && !scope.with.contains(table.path("table_name").asText().toLowerCase(Locale.ROOT));
    }

    /** Puts values in the places of parameters, by their numbers from 1 on. */
    void replaceParameters(List<JsonNode> values) {
        Set<String> used = new TreeSet<>();
        replace(tree, values, used);
        if (used.size() != values.size()) {
            throw new IllegalArgumentException(
                    "the statement has " + used.size() + " parameters, and is given " + values.size() + " values");
        }
        ((ObjectNode) tree.path("statements").path(0)).set("named_param_map", JSON.createArrayNode());
    }

    private static void replace(JsonNode node, List<JsonNode> values, Set<String> used) {
        if (node instanceof ObjectNode object) {
            for (var field : List.copyOf(object.properties())) {
                if (isParameter(field.getValue())) object.set(field.getKey(), value(field.getValue(), values, used));
                else replace(field.getValue(), values, used);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isParameter(array.get(i))) array.set(i, value(array.get(i), values, used));
                else replace(array.get(i), values, used);
            }
        }
    }

    private static boolean isParameter(JsonNode node) {
        return node.path("class").asText().equals("PARAMETER");
    }

    private static JsonNode value(JsonNode parameter, List<JsonNode> values, Set<String> used) {
        String name = parameter.path("identifier").asText();
        used.add(name);
        int number = name.matches("\\d{1,9}") ? Integer.parseInt(name) : 0;
        if (number < 1) {
            throw new IllegalArgumentException("the parameter $" + name + " has a name: write ? or $1, $2, ...");
        }
        if (number > values.size()) {
            throw new IllegalArgumentException(
                    "parameter " + number + " has no value: " + values.size() + " are given");
        }
        return values.get(number - 1).deepCopy();
    }

    /** What a statement says of one value. */
    static JsonNode expression(String sql, Connection connection) throws SQLException {
        return parse("SELECT " + sql, connection)
                .tree
                .path("statements")
                .path(0)
                .path("node")
                .path("select_list")
                .path(0);
    }
}
