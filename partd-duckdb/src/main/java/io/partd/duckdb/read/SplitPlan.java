package io.partd.duckdb.read;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Sql;
import io.partd.text.Text;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/** Finds the partitioner of a split, for which it looks at the rows where it has to. */
public final class SplitPlan {
    private static final int MOST_PARTS = 1 << 16;
    private static final int MOST_SAMPLED = 1_000_000;
    private static final int SAMPLED_FOR_EACH = 2_000;

    private final Reads reads;
    private final Schema schema;
    private final DictionaryProvider dictionaries;

    /** @param schema that of the rows as they will be stored */
    public SplitPlan(Reads reads, Schema schema, DictionaryProvider dictionaries) {
        this.reads = reads;
        this.schema = schema;
        this.dictionaries = dictionaries;
    }

    /**
     * The partitioner.
     *
     * @throws IllegalArgumentException if a column is not there, a bound is of another type than its values, or the
     *     rows had to be looked at and can be read only once
     */
    public Partitioner partitioner(Split split) throws IOException, SQLException {
        for (String column : split.columns()) Columns.require(schema, column);
        if (split.looksAtRows() && !reads.readsAgain()) {
            throw new IllegalArgumentException(
                    "an Arrow stream is read once, and cannot be looked at beforehand: say how"
                            + " many parts there are to be, or which bounds");
        }
        if (split instanceof Split.Known known) return known.partitioner();
        if (split instanceof Split.Ranges ranges) return range(ranges.column(), ranges.bounds());
        if (split instanceof Split.EvenRanges even) return range(even.column(), sampled(even));
        List<String> columns = split.columns();
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        return Partitioner.hash(parts(), columns.get(0), more);
    }

    private Partitioner range(String column, List<String> bounds) {
        Field field = Columns.require(schema, column);
        return Partitioner.range(column, Bounds.parse(bounds, type(field), column));
    }

    /** The type of the values themselves, where the column holds their numbers in a dictionary. */
    private ArrowType type(Field field) {
        if (field.getDictionary() == null) return field.getType();
        Dictionary dictionary = dictionaries.lookup(field.getDictionary().getId());
        return dictionary == null
                ? field.getType()
                : dictionary.getVector().getField().getType();
    }

    /** A power of two, so that stores of alike sizes are likely to be split alike. */
    private int parts() throws IOException, SQLException {
        double bytes = rows() * bytesOfARow();
        double parts = Math.ceil(bytes / reads.database().memory().forPart());
        int least = (int) Math.max(1, Math.min(MOST_PARTS, parts));
        return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
    }

    private long rows() throws IOException, SQLException {
        List<String> counted = texts("SELECT count(*)::VARCHAR FROM ", "");
        return Long.parseLong(counted.get(0));
    }

    /** By those of the first batch. */
    private double bytesOfARow() throws IOException, SQLException {
        try (Source source = reads.open(reads.groups().get(0))) {
            if (!source.reader().loadNextBatch()) return 0;
            VectorSchemaRoot root = source.reader().getVectorSchemaRoot();
            if (root.getRowCount() == 0) return 0;
            Set<String> names = new LinkedHashSet<>(Columns.names(schema));
            long bytes = 0;
            for (FieldVector vector : root.getFieldVectors()) {
                if (names.contains(vector.getName())) bytes += vector.getBufferSize();
            }
            return (double) bytes / root.getRowCount();
        }
    }

    /** Bounds between parts that are about as large as each other, by a sample of all rows. */
    private List<String> sampled(Split.EvenRanges even) throws IOException, SQLException {
        ArrowType type = type(Columns.require(schema, even.column()));
        Bounds.requireRanges(type, even.column());
        String key = Sql.identifier(even.column());
        String text = type instanceof ArrowType.Binary ? "hex(b)" : "b::VARCHAR";
        String finite = type instanceof ArrowType.FloatingPoint ? " AND isfinite(" + key + ")" : "";
        long sampled = Math.min(MOST_SAMPLED, Math.max(100_000L, (long) even.parts() * SAMPLED_FOR_EACH));
        String fractions = IntStream.range(1, even.parts())
                .mapToObj(i -> (double) i / even.parts() + "::DOUBLE")
                .collect(Collectors.joining(", ", "[", "]"));
        List<String> bounds = texts(
                "SELECT " + text + " FROM (SELECT DISTINCT b FROM (SELECT unnest(quantile_disc(" + key + ", "
                        + fractions + ")) AS b, min(" + key + ") AS least FROM (SELECT * FROM (SELECT " + key
                        + " FROM ",
                " WHERE " + key + " IS NOT NULL" + finite + ") USING SAMPLE reservoir(" + sampled
                        + " ROWS))) WHERE b > least ORDER BY b)");
        if (even.parts() > 1 && bounds.isEmpty()) {
            throw new IllegalArgumentException("column " + Text.quote(even.column())
                    + " has no two values, as it seems, and no bounds between them");
        }
        return bounds;
    }

    /** What a statement says of the keys of all inputs: the first column, as text. */
    private List<String> texts(String before, String after) throws IOException, SQLException {
        List<InputTable> tables = new ArrayList<>();
        try (DuckDBConnection connection = reads.database().connect()) {
            try {
                List<String> keys = new ArrayList<>();
                for (List<Input> group : reads.groups()) {
                    InputTable table = reads.table(group, connection, "input" + tables.size());
                    tables.add(table);
                    keys.add(reads.selection().keysSql(connection, table.from(), table.names()));
                }
                return texts(reads, connection, before + "(" + String.join("\nUNION ALL ", keys) + ")" + after);
            } finally {
                for (InputTable table : tables) table.close();
            }
        }
    }

    private static List<String> texts(Reads reads, DuckDBConnection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = reads.run(statement, () -> statement.executeQuery(sql))) {
            while (result.next()) texts.add(result.getString(1));
        }
        return texts;
    }
}
