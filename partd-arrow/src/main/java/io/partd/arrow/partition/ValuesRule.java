package io.partd.arrow.partition;

import io.partd.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** A part for each value, or for each combination of the values of several columns, in order of first appearance. */
public final class ValuesRule implements PartitionRule {
    private static final int MAX_BYTES_A_CHAR = 3;

    private final List<String> columns;

    public ValuesRule(List<String> columns) {
        this.columns = columns;
    }

    @Override
    public PartAssignment assign(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        int rows = root.getRowCount();
        ValueKernel[] kernels = new ValueKernel[columns.size()];
        int[][] numbers = new int[kernels.length][];
        for (int i = 0; i < kernels.length; i++) {
            PartitionColumn column = PartitionColumn.of(root, columns.get(i), dictionaries);
            kernels[i] = new ValueKernel(column);
            numbers[i] = column.evaluate(kernels[i], rows);
        }
        FirstRows first = kernels.length == 1 ? FirstRows.of(numbers[0], kernels[0].count()) : combine(numbers);
        String[] keys = new String[first.rows().length];
        for (int i = 0; i < keys.length; i++) keys[i] = key(kernels, numbers, first.rows()[i]);
        return new PartAssignment(rows, keys.length, first.parts(), i -> keys[i]);
    }

    private static FirstRows combine(int[][] numbers) {
        int[] combined = numbers[0].clone();
        int count = 0;
        for (int k = 1; k < numbers.length; k++) {
            LongGroups groups = new LongGroups();
            int[] more = numbers[k];
            for (int i = 0; i < combined.length; i++) {
                combined[i] = groups.number((long) combined[i] << 32 | more[i] & 0xffff_ffffL);
            }
            count = groups.count;
        }
        return FirstRows.of(combined, count);
    }

    private String key(ValueKernel[] kernels, int[][] numbers, int row) {
        Object[] texts = new Object[kernels.length];
        for (int i = 0; i < texts.length; i++) texts[i] = kernels[i].text(numbers[i][row]);
        String key = texts.length == 1 ? (String) texts[0] : Keys.of(texts);
        if (key.length() > Keys.MAX_UTF8_BYTES / MAX_BYTES_A_CHAR) requireShort(key, row);
        return key;
    }

    private void requireShort(String key, int row) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= Keys.MAX_UTF8_BYTES) return;
        String names = columns.stream().map(KeyText::quote).collect(Collectors.joining(", "));
        throw new IllegalArgumentException((columns.size() == 1 ? "column " : "columns ") + names + ": row " + row
                + " makes a key of " + bytes + " UTF-8 bytes: keys have at most " + Keys.MAX_UTF8_BYTES);
    }

    /** Parts in the order of their first rows, and these rows. */
    private record FirstRows(int[] parts, int[] rows) {
        /** Numbers run from -1 to {@code count - 1}; those of unused dictionary entries do not appear. */
        static FirstRows of(int[] numbers, int count) {
            int[] seen = new int[count + 1];
            int[] parts = new int[numbers.length];
            int[] rows = new int[count + 1];
            int used = 0;
            for (int i = 0; i < numbers.length; i++) {
                int number = numbers[i] + 1;
                if (seen[number] == 0) {
                    rows[used++] = i;
                    seen[number] = used;
                }
                parts[i] = seen[number] - 1;
            }
            return new FirstRows(parts, Arrays.copyOf(rows, used));
        }
    }
}
