package io.partd.arrow;

import io.partd.arrow.partition.Bound;
import io.partd.arrow.partition.HashRule;
import io.partd.arrow.partition.KeyText;
import io.partd.arrow.partition.PartAssignment;
import io.partd.arrow.partition.PartitionRule;
import io.partd.arrow.partition.PartitionerText;
import io.partd.arrow.partition.RangeRule;
import io.partd.arrow.partition.SplitTables;
import io.partd.arrow.partition.ValuesRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Decides which part of a table a row belongs to, by one or several of its columns. Immutable, and safe for several
 * threads; equal to any other that has the same {@linkplain #toString() text}.
 *
 * <p>A part has a key. A null's is {@code \N}. Columns are of any type but nested ones; a dictionary-encoded or run-end
 * encoded column is partitioned by its values, a column of an extension type by what it is stored as. Zeros are one
 * value, whatever their sign, and so are all NaN.
 */
public final class Partitioner {
    private final String text;
    private final List<String> columns;
    private final PartitionRule rule;

    private Partitioner(String text, List<String> columns, PartitionRule rule) {
        this.text = text;
        this.columns = columns;
        this.rule = rule;
    }

    /**
     * Spreads rows over {@code n} parts by a hash; the keys are the numbers from 0 to {@code n - 1}.
     *
     * <p>On one column the numbers are those of Apache Iceberg's bucket transform (Murmur3; Appendix B of its table
     * specification), so that parts line up with other engines', and a null's key is {@code \N}. Several columns
     * combine as {@code h = 31 * h + hash} in ints, from 0, a null as 0. Booleans and floats are hashed as the
     * specification lists them, times and timestamps of every unit as microseconds (nanoseconds rounded down), unsigned
     * 64-bit integers by their 8 bytes, as Iceberg has no larger integer than a long; durations and intervals have no
     * hash.
     *
     * @throws IllegalArgumentException if {@code n} is less than 1 or more than 2^30, or a column is named twice
     */
    public static Partitioner hash(int n, String column, String... more) {
        List<String> columns = columns(column, more);
        if (n < 1 || n > HashRule.MAX_PARTS) {
            throw new IllegalArgumentException("a hash makes 1 to " + HashRule.MAX_PARTS + " parts, not " + n);
        }
        return new Partitioner("hash(" + n + ", " + list(columns) + ")", columns, new HashRule(n, columns));
    }

    /**
     * Splits rows by the ranges between bounds. The key is the number of bounds that the value is not less than: 0
     * below the first bound, 1 from the first bound on, and so on. NaN is in the last range; a null's key is
     * {@code \N}.
     *
     * <p>Bounds suit a column as follows: {@code Byte}, {@code Short}, {@code Integer}, {@code Long},
     * {@code BigInteger}, {@code Float}, {@code Double}, {@code BigDecimal} (also mixed, compared exactly) numbers;
     * {@code String} text, in the order of code points; {@code byte[]} binary values, as unsigned bytes;
     * {@code Boolean} booleans; {@code LocalDate} dates; {@code LocalTime} times; {@code LocalDateTime} timestamps
     * without time zone, {@code Instant} those with one; {@code Duration} durations.
     *
     * @throws IllegalArgumentException if the bounds are not strictly ascending, or one of them is of another class
     */
    public static Partitioner range(String column, Object... bounds) {
        List<String> columns = columns(column);
        List<Bound> all = Bound.ascending(bounds);
        String texts = all.stream().map(bound -> ", " + bound).collect(Collectors.joining());
        return new Partitioner("range(" + list(columns) + texts + ")", columns, new RangeRule(column, all));
    }

    /**
     * Makes a part of each value. The key is the value's text; that of several columns is {@code Keys.of} their texts.
     *
     * <p>A number is written in decimal, a decimal with the scale of its column, a float or double as
     * {@code Double.toString} of the newest JDK does (0.0 for either zero), text as it is, binary in lower-case
     * hexadecimal, temporal values as the {@code toString} of {@code LocalDate}, {@code LocalTime},
     * {@code LocalDateTime}, {@code Instant} (timestamps with a time zone), {@code Duration} and {@code Period} does, a
     * null as {@code \N}, and an empty text as {@code \E}; a text that begins with a backslash gets one more.
     *
     * @throws IllegalArgumentException if a column is named twice
     */
    public static Partitioner values(String column, String... more) {
        List<String> columns = columns(column, more);
        return new Partitioner("values(" + list(columns) + ")", columns, new ValuesRule(columns));
    }

    /**
     * Returns the partitioner that has this {@linkplain #toString() text}, with or without spaces: {@code hash(64,
     * "symbol")}, {@code range("delay", 0, 15.5)}, {@code range("day", date(2001-12-31))}, {@code values("from",
     * "to")}.
     *
     * @throws IllegalArgumentException if there is none, saying what is wrong with the text
     */
    public static Partitioner parse(String text) {
        Objects.requireNonNull(text, "the text of a partitioner is null");
        try {
            PartitionerText.Parsed parsed = PartitionerText.parse(text);
            List<Object> arguments = new ArrayList<>(parsed.arguments());
            if (parsed.kind().equals("hash")) return hashOf(parts(arguments.remove(0)), names(arguments));
            if (parsed.kind().equals("values")) return valuesOf(names(arguments));
            String[] column = names(arguments.subList(0, 1));
            return range(column[0], arguments.subList(1, arguments.size()).toArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KeyText.quote(text) + " is no partitioner: " + e.getMessage(), e);
        }
    }

    private static int parts(Object number) {
        if (number instanceof Long parts && parts == parts.intValue()) return parts.intValue();
        throw new IllegalArgumentException("the first argument of hash is the number of parts, not " + number);
    }

    private static String[] names(List<Object> arguments) {
        if (arguments.isEmpty()) throw new IllegalArgumentException("it names no column");
        for (Object argument : arguments) {
            if (!(argument instanceof String)) {
                throw new IllegalArgumentException(argument + " is no name of a column: names are in double quotes");
            }
        }
        return arguments.toArray(String[]::new);
    }

    private static Partitioner hashOf(int n, String[] columns) {
        return hash(n, columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    }

    private static Partitioner valuesOf(String[] columns) {
        return values(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    }

    private static List<String> columns(String column, String... more) {
        List<String> columns = new ArrayList<>();
        columns.add(Objects.requireNonNull(column, "column is null"));
        for (String name : more) {
            if (columns.contains(Objects.requireNonNull(name, "a column is null"))) {
                throw new IllegalArgumentException("column " + KeyText.quote(name) + " is named twice");
            }
            columns.add(name);
        }
        return List.copyOf(columns);
    }

    private static String list(List<String> columns) {
        return columns.stream().map(KeyText::quote).collect(Collectors.joining(", "));
    }

    /** Returns the names of the columns that this looks at, in the order in which they were given. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The parts of a root's rows.
     *
     * @param dictionaries may be null where no column that this looks at is dictionary-encoded
     * @throws IllegalArgumentException if a column is missing or ambiguous, is of a type that does not suit, has broken
     *     offsets or indices, or makes a key that no store takes
     */
    PartAssignment assign(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        return rule.assign(root, dictionaries);
    }

    /**
     * Returns the rows of each part that has some, in the order that they have in the root, by its key. The caller
     * closes the tables, which come from the root's allocator.
     */
    public Map<String, VectorSchemaRoot> split(VectorSchemaRoot root) {
        return split(root, null);
    }

    /**
     * As {@link #split(VectorSchemaRoot)}, for a root with dictionary-encoded columns, which the parts have decoded.
     */
    public Map<String, VectorSchemaRoot> split(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        return SplitTables.of(root, dictionaries, assign(root, dictionaries));
    }

    /** Whether the other has the same text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Partitioner partitioner && text.equals(partitioner.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * A text that says exactly what this does, the same on every machine: {@code hash(64, "symbol")}. It is what a
     * store records about how it was partitioned.
     */
    @Override
    public String toString() {
        return text;
    }
}
