package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of a root as canonical Java values, read slowly from the buffers, one by one. Two roots hold the same rows
 * if and only if these lists are equal.
 *
 * <ul>
 *   <li>bool: {@link Boolean}. Integers, dates, times, timestamps, durations, year-month intervals: {@link Long}, as
 *       stored (unsigned ones up to 32 bits from zero, 64-bit ones as their bits). Other intervals: the list of their
 *       parts. Decimals: {@link java.math.BigDecimal} of the type's scale. Floats: {@link Real}.
 *   <li>texts and binaries of all kinds: {@link BinaryValue}.
 *   <li>lists of all kinds, maps (of key-value pairs) and structs: {@link List}. Unions: {@link Tagged}.
 *   <li>run-end encoded and dictionary-encoded values: what they stand for; extension types: their storage.
 *   <li>null: {@code null}, which hides whatever children lie under it.
 * </ul>
 *
 * <p>Types come from the root's schema and not from its vectors, which forget some of them. {@code getObject} is not
 * used: it loses NaN payloads, differs between vectors of one type, and fails for unions whose type ids are not Arrow
 * Java's own.
 */
public final class Rows {
    private Rows() {}

    public static List<List<Object>> of(VectorSchemaRoot root) {
        return of(root, new DictionaryProvider.MapDictionaryProvider());
    }

    public static List<List<Object>> of(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        ValueReader reader = new ValueReader(dictionaries);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < root.getRowCount(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < root.getFieldVectors().size(); column++) {
                Field field = root.getSchema().getFields().get(column);
                values.add(reader.value(field, root.getVector(column), row));
            }
            rows.add(Collections.unmodifiableList(values));
        }
        return rows;
    }

    /** All values of one vector. */
    public static List<Object> of(Field field, FieldVector vector, int rows, DictionaryProvider dictionaries) {
        ValueReader reader = new ValueReader(dictionaries);
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) values.add(reader.value(field, vector, row));
        return values;
    }

    public static List<List<Object>> concat(List<List<List<Object>>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    public static List<List<Object>> select(List<List<Object>> rows, int[] numbers) {
        List<List<Object>> selected = new ArrayList<>();
        for (int number : numbers) selected.add(rows.get(number));
        return selected;
    }

    /** Some columns of all rows, in the order given. */
    public static List<List<Object>> columns(List<List<Object>> rows, int... columns) {
        List<List<Object>> narrow = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> values = new ArrayList<>();
            for (int column : columns) values.add(row.get(column));
            narrow.add(values);
        }
        return narrow;
    }

    /** Columns of values as rows. */
    static List<List<Object>> transpose(List<List<Object>> columns, int rows) {
        List<List<Object>> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Object> values = new ArrayList<>();
            for (List<Object> column : columns) values.add(column.get(row));
            lines.add(Collections.unmodifiableList(values));
        }
        return lines;
    }

    /** The first difference in one line, or "" if there is none. */
    public static String describeDifference(Schema schema, List<List<Object>> expected, List<List<Object>> actual) {
        int common = Math.min(expected.size(), actual.size());
        for (int row = 0; row < common; row++) {
            if (!expected.get(row).equals(actual.get(row))) {
                return "row " + row + describe(schema, expected.get(row), actual.get(row));
            }
        }
        if (expected.size() == actual.size()) return "";
        return "expected " + expected.size() + " rows but was " + actual.size();
    }

    private static String describe(Schema schema, List<Object> expected, List<Object> actual) {
        if (expected.size() != actual.size()) {
            return ": expected " + expected.size() + " columns but was " + actual.size();
        }
        int column = 0;
        while (Objects.equals(expected.get(column), actual.get(column))) column++;
        String name = column < schema.getFields().size()
                ? schema.getFields().get(column).toString()
                : "not in the schema";
        return ", column " + column + " (" + name + "): expected " + expected.get(column) + " but was "
                + actual.get(column);
    }
}
