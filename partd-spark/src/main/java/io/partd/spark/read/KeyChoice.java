package io.partd.spark.read;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Rule;
import io.partd.spark.rows.RowBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/** Which keys may hold rows that a filter lets pass: those that the store's own partitioner gives its values. */
final class KeyChoice {
    /** More combinations of values than these are not tried: all keys are read. */
    private static final int MAX_ROWS = 10_000;

    private final Partitioner partitioner;
    private final Rule rule;
    /** The columns that decide on the key, in the order of the rule. */
    private final Map<String, Field> columns = new LinkedHashMap<>();

    private KeyChoice(Partitioner partitioner, Rule rule) {
        this.partitioner = partitioner;
        this.rule = rule;
    }

    /** Of a store whose values Spark sees as they were partitioned; empty of any other. */
    static Optional<KeyChoice> of(Layout layout) {
        if (layout.partitioner().isEmpty()) return Optional.empty();
        KeyChoice choice =
                new KeyChoice(layout.partitioner().get(), layout.rule().orElseThrow());
        for (String name : choice.rule.columns()) {
            Optional<Field> field = layout.column(name);
            if (field.isEmpty()) return Optional.empty();
            choice.columns.put(name, field.get());
        }
        return Optional.of(choice);
    }

    /** The keys among these that may hold such rows; empty if the filter says nothing about the columns' values. */
    Optional<SortedSet<String>> keys(Predicate filter, Layout layout, SortedSet<String> all) {
        ColumnValues values = ColumnValues.of(filter, layout.schema());
        if (rule.kind() == Rule.Kind.RANGE) return ranges(values, all);
        List<List<Object>> candidates = new ArrayList<>();
        long rows = 1;
        for (String column : columns.keySet()) {
            Optional<Set<Object>> few = values.of(column);
            if (few.isEmpty()) return Optional.empty();
            candidates.add(new ArrayList<>(few.get()));
            rows *= few.get().size();
            if (rows > MAX_ROWS) return Optional.empty();
        }
        return Optional.of(among(keysOf(candidates, (int) rows), all));
    }

    private Optional<SortedSet<String>> ranges(ColumnValues values, SortedSet<String> all) {
        String column = rule.columns().get(0);
        Optional<Set<Object>> few = values.of(column);
        if (few.isPresent() && few.get().size() <= MAX_ROWS) {
            List<Object> candidates = new ArrayList<>(few.get());
            return Optional.of(among(keysOf(List.of(candidates), candidates.size()), all));
        }
        Optional<Object> least = values.least(column);
        Optional<Object> greatest = values.greatest(column);
        if (least.isEmpty() && greatest.isEmpty()) return Optional.empty();
        int from = least.map(this::range).orElse(0);
        int to = greatest.map(this::range).orElse(rule.parts());
        SortedSet<String> keys = new TreeSet<>();
        for (int i = from; i <= to; i++) keys.add(Integer.toString(i));
        return Optional.of(among(keys, all));
    }

    private int range(Object value) {
        return Integer.parseInt(keysOf(List.of(List.of(value)), 1).iterator().next());
    }

    private static SortedSet<String> among(Set<String> keys, SortedSet<String> all) {
        SortedSet<String> both = new TreeSet<>(keys);
        both.retainAll(all);
        return both;
    }

    /** The keys of all combinations of the columns' values. */
    private Set<String> keysOf(List<List<Object>> candidates, int rows) {
        Schema schema = new Schema(columns.values().stream()
                .map(field ->
                        new Field(field.getName(), new FieldType(true, field.getType(), null), field.getChildren()))
                .toList());
        if (rows == 0) return Set.of();
        try (RowBatch batch = new RowBatch(schema, ArrowPartd.sharedAllocator())) {
            for (int i = 0; i < rows; i++) batch.add(row(candidates, i));
            Map<String, VectorSchemaRoot> parts = partitioner.split(batch.table());
            parts.values().forEach(VectorSchemaRoot::close);
            return parts.keySet();
        }
    }

    private static GenericInternalRow row(List<List<Object>> candidates, int number) {
        Object[] values = new Object[candidates.size()];
        int rest = number;
        for (int i = 0; i < values.length; i++) {
            int n = candidates.get(i).size();
            values[i] = candidates.get(i).get(rest % n);
            rest /= n;
        }
        return new GenericInternalRow(values);
    }
}
