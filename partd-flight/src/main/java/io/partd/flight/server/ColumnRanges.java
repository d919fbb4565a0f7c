package io.partd.flight.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where the nodes and buffers of some columns are among those of a record batch, and which dictionaries they need.
 *
 * @param columns the columns, in the order in which they are wanted
 * @param nodes how many nodes a batch of the whole schema has
 * @param buffers how many buffers it has
 */
record ColumnRanges(List<Range> columns, Set<Long> dictionaries, int nodes, int buffers) {
    /** A column's nodes and buffers, from one to before another. */
    record Range(int firstNode, int endNode, int firstBuffer, int endBuffer) {}

    /** Those of columns of a schema, as its message says it; null where their number is not the schema's alone. */
    static ColumnRanges of(Schema schema, List<String> names) {
        List<Range> all = new ArrayList<>();
        int node = 0;
        int buffer = 0;
        for (Field field : schema.getFields()) {
            if (hasViews(field)) return null;
            int[] counts = new int[2];
            count(field, counts);
            all.add(new Range(node, node + counts[0], buffer, buffer + counts[1]));
            node += counts[0];
            buffer += counts[1];
        }
        List<Range> columns = new ArrayList<>();
        Set<Long> dictionaries = new HashSet<>();
        for (String name : names) {
            int index = schema.getFields().indexOf(schema.findField(name));
            columns.add(all.get(index));
            addDictionaries(schema.getFields().get(index), dictionaries);
        }
        return new ColumnRanges(columns, dictionaries, node, buffer);
    }

    /** Views have as many buffers as a batch says. */
    private static boolean hasViews(Field field) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) return true;
        return field.getChildren().stream().anyMatch(ColumnRanges::hasViews);
    }

    private static void count(Field field, int[] counts) {
        boolean encoded = field.getDictionary() != null;
        counts[0]++;
        counts[1] +=
                TypeLayout.getTypeBufferCount(encoded ? field.getDictionary().getIndexType() : field.getType());
        // The entries of a dictionary are in messages of their own.
        if (!encoded) for (Field child : field.getChildren()) count(child, counts);
    }

    private static void addDictionaries(Field field, Set<Long> ids) {
        if (field.getDictionary() != null) ids.add(field.getDictionary().getId());
        for (Field child : field.getChildren()) addDictionaries(child, ids);
    }
}
