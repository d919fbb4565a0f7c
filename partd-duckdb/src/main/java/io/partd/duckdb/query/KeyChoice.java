package io.partd.duckdb.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.query.SqlTree.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The keys that can have rows for a WHERE. A row that passes has a value that the condition allows in each column;
 * where the conditions leave a few values for the columns that the store is split by, only their keys are read.
 * Whatever is not understood here chooses nothing: then all keys are read.
 */
final class KeyChoice {
    /** More combinations of values than this are not worked out. */
    private static final int MOST_VALUES = 10_000;

    private final Reference reference;
    private final StoreSource store;
    private final Constants constants;
    private final boolean alone;

    private KeyChoice(Reference reference, StoreSource store, Constants constants) {
        this.reference = reference;
        this.store = store;
        this.constants = constants;
        this.alone = reference.select().path("from_table").path("type").asText().equals("BASE_TABLE");
    }

    /**
     * The keys, or nothing where all have to be read.
     *
     * @param types DuckDB's names of the types of the table's columns
     */
    static Optional<Set<String>> of(
            Reference reference,
            Source source,
            Map<String, String> types,
            Connection connection,
            BufferAllocator allocator)
            throws SQLException {
        if (!(source instanceof StoreSource store) || reference.select() == null) return Optional.empty();
        JsonNode where = reference.select().path("where_clause");
        if (where.isNull() || !reference.node().path("sample").isNull()) return Optional.empty();
        if (!reference.node().path("column_name_alias").isEmpty()) return Optional.empty();
        if (!keepsMeaning(reference.select().path("from_table"))) return Optional.empty();
        Constants constants = new Constants(types, connection, allocator);
        return Optional.ofNullable(new KeyChoice(reference, store, constants).choose(List.of(where)));
    }

    /**
     * Whether a join gives the same with fewer rows that WHERE would leave out: those by position or nearness do not.
     */
    private static boolean keepsMeaning(JsonNode from) {
        String kind = from.path("ref_type").asText();
        if (kind.equals("POSITIONAL") || kind.equals("ASOF")) return false;
        if (!from.path("type").asText().equals("JOIN")) return true;
        return keepsMeaning(from.path("left")) && keepsMeaning(from.path("right"));
    }

    /** The keys for rows that meet all conditions; null is all keys. */
    private Set<String> choose(List<JsonNode> conditions) throws SQLException {
        List<JsonNode> all = new ArrayList<>();
        conditions.forEach(condition -> flatten(condition, all));
        Set<String> chosen = byValues(all);
        for (JsonNode condition : all) {
            chosen = both(chosen, byKeyColumn(condition));
            chosen = both(chosen, byRange(condition));
            if (type(condition).equals("CONJUNCTION_OR")) chosen = both(chosen, either(condition.path("children")));
        }
        return chosen;
    }

    private static void flatten(JsonNode condition, List<JsonNode> all) {
        if (!type(condition).equals("CONJUNCTION_AND")) all.add(condition);
        else condition.path("children").forEach(child -> flatten(child, all));
    }

    private Set<String> either(JsonNode conditions) throws SQLException {
        Set<String> any = new HashSet<>();
        for (JsonNode condition : conditions) {
            Set<String> keys = choose(List.of(condition));
            if (keys == null) return null;
            any.addAll(keys);
        }
        return any;
    }

    private static Set<String> both(Set<String> a, Set<String> b) {
        if (a == null) return b;
        if (b == null) return a;
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        return both;
    }

    private static String type(JsonNode node) {
        return node.path("type").asText();
    }

    /** The keys of the values that equality leaves in the columns that the store is split by. */
    private Set<String> byValues(List<JsonNode> conditions) throws SQLException {
        if (store.partitioner().isEmpty()) return null;
        Partitioner partitioner = store.partitioner().get();
        List<String> columns = partitioner.columns();
        Map<String, List<JsonNode>> values = new HashMap<>();
        for (JsonNode condition : conditions) {
            Equal equal = equal(condition);
            if (equal != null) values.putIfAbsent(equal.column, equal.values);
        }
        long combinations = 1;
        List<List<JsonNode>> each = new ArrayList<>();
        for (String column : columns) {
            List<JsonNode> some = values.get(column.toLowerCase(Locale.ROOT));
            if (some == null) return null;
            each.add(some);
            combinations *= some.size();
            if (combinations > MOST_VALUES) return null;
        }
        return constants.keys(columns, each, partitioner);
    }

    /** A column in lower case, and the values that it may have. */
    private record Equal(String column, List<JsonNode> values) {}

    private Equal equal(JsonNode condition) {
        if (type(condition).equals("COMPARE_EQUAL")) {
            Compared compared = compared(condition);
            return compared == null ? null : new Equal(compared.column, List.of(compared.value));
        }
        if (!type(condition).equals("COMPARE_IN")) return null;
        List<JsonNode> values = new ArrayList<>();
        condition.path("children").forEach(values::add);
        String column = column(values.remove(0));
        boolean constant = values.stream().allMatch(Constants::isConstant);
        return column == null || !constant ? null : new Equal(column, values);
    }

    /** A column in lower case beside a value, as they stand in a comparison whose left side is the column. */
    private record Compared(String column, String comparison, JsonNode value) {}

    private Compared compared(JsonNode condition) {
        JsonNode left = condition.path("left");
        JsonNode right = condition.path("right");
        String column = column(left);
        if (column != null && Constants.isConstant(right)) return new Compared(column, type(condition), right);
        column = column(right);
        if (column == null || !Constants.isConstant(left)) return null;
        String turned = type(condition).contains("LESS")
                ? type(condition).replace("LESS", "GREATER")
                : type(condition).replace("GREATER", "LESS");
        return new Compared(column, turned, left);
    }

    /** The name of a column of this table in lower case, or null. */
    private String column(JsonNode node) {
        if (!node.path("class").asText().equals("COLUMN_REF")) return null;
        JsonNode names = node.path("column_names");
        String name = names.path(names.size() - 1).asText().toLowerCase(Locale.ROOT);
        if (names.size() == 1) return alone ? name : null;
        boolean mine = names.size() == 2 && names.path(0).asText().equalsIgnoreCase(reference.alias());
        return mine ? name : null;
    }

    private Set<String> byKeyColumn(JsonNode condition) throws SQLException {
        Equal equal = equal(condition);
        if (equal == null || store.keyColumn().isEmpty()) return null;
        if (!equal.column.equalsIgnoreCase(store.keyColumn().get())) return null;
        return constants.texts(store.keyColumn().get(), equal.values);
    }

    /** The keys of the ranges on one side of a bound. */
    private Set<String> byRange(JsonNode condition) throws SQLException {
        Optional<String> ranges = store.rangeColumn();
        if (ranges.isEmpty()) return null;
        if (type(condition).equals("COMPARE_BETWEEN")) return between(condition, ranges.get());
        if (!type(condition).matches("COMPARE_(LESS|GREATER)THAN(OREQUALTO)?")) return null;
        Compared compared = compared(condition);
        if (compared == null || !compared.column.equalsIgnoreCase(ranges.get())) return null;
        return side(ranges.get(), compared.value, compared.comparison.contains("LESS"));
    }

    private Set<String> between(JsonNode condition, String ranges) throws SQLException {
        String column = column(condition.path("input"));
        if (column == null || !column.equalsIgnoreCase(ranges)) return null;
        JsonNode lower = condition.path("lower");
        JsonNode upper = condition.path("upper");
        Set<String> above = Constants.isConstant(lower) ? side(ranges, lower, false) : null;
        Set<String> below = Constants.isConstant(upper) ? side(ranges, upper, true) : null;
        return both(above, below);
    }

    private Set<String> side(String ranges, JsonNode value, boolean below) throws SQLException {
        Set<String> keys = constants.keys(
                List.of(ranges), List.of(List.of(value)), store.partitioner().get());
        if (keys == null || keys.size() != 1) return null;
        int bound = Integer.parseInt(keys.iterator().next());
        Set<String> side = new HashSet<>();
        for (String key : store.keys()) {
            // Keys that are no ranges were chosen by hand, and a null is on no side.
            if (!key.matches("\\d{1,9}")) continue;
            int range = Integer.parseInt(key);
            if (below ? range <= bound : range >= bound) side.add(key);
        }
        return side;
    }
}
