package io.partd.cli.shuffle;

import io.partd.arrow.Partitioner;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Names;
import java.util.List;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import picocli.CommandLine.Option;

/** How rows are split; exactly one of these. */
public final class PartitionOptions {
    @Option(
            names = "--partitions",
            required = true,
            paramLabel = "N",
            description = "Spread the rows over N partitions by a hash of the columns.")
    Integer partitions;

    @Option(names = "--values", required = true, description = "Make a partition of each value of the columns.")
    boolean values;

    @Option(
            names = "--range",
            required = true,
            paramLabel = "B1,B2,...",
            description = "Make a partition of what is below B1, of what is from B1 on and below B2, and so on.")
    String range;

    /** The bounds as they were written. */
    private List<String> bounds() {
        return Names.list(range);
    }

    /**
     * Checks what can be checked without the data.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    public void check(List<String> columns) {
        if (range == null) {
            of(columns);
            return;
        }
        bounds();
        if (columns.size() > 1) throw new IllegalArgumentException("--range takes one column in --by");
    }

    private Partitioner of(List<String> columns) {
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        return values ? Partitioner.values(columns.get(0), more) : Partitioner.hash(partitions, columns.get(0), more);
    }

    /** @throws Failure if a column is not there, or a bound is of another type than its values */
    Partitioner partitioner(List<String> columns, Schema schema, DictionaryProvider dictionaries) {
        for (String column : columns) Names.column(schema, column);
        if (range == null) return of(columns);
        Field column = Names.column(schema, columns.get(0));
        Object[] bounds = Bounds.parse(bounds(), type(column, dictionaries), column.getName());
        return Partitioner.range(column.getName(), bounds);
    }

    /** The type of the values themselves, where the column holds their numbers in a dictionary. */
    private static ArrowType type(Field column, DictionaryProvider dictionaries) {
        if (column.getDictionary() == null) return column.getType();
        Dictionary dictionary = dictionaries.lookup(column.getDictionary().getId());
        return dictionary == null
                ? column.getType()
                : dictionary.getVector().getField().getType();
    }
}
