package io.partd.cli.shuffle;

import io.partd.arrow.Partitioner;
import io.partd.cli.common.Names;
import io.partd.duckdb.DuckRead;
import java.util.List;
import picocli.CommandLine.Option;

/** How rows are split; exactly one of these. */
public final class PartitionOptions {
    private static final String AUTO = "auto";
    private static final String AUTO_RANGES = "auto:";

    @Option(
            names = "--partitions",
            required = true,
            paramLabel = "N|auto",
            description = "Spread the rows over N partitions by a hash of the columns; auto counts the rows first, and"
                    + " makes partitions of a small part of --memory.")
    String partitions;

    @Option(names = "--values", required = true, description = "Make a partition of each value of the columns.")
    boolean values;

    @Option(
            names = "--range",
            required = true,
            paramLabel = "B1,B2,...|auto:N",
            description = "Make a partition of what is below B1, of what is from B1 on and below B2, and so on; auto:N"
                    + " finds bounds between N partitions with about as many rows each.")
    String range;

    /**
     * Says it to a read.
     *
     * @throws IllegalArgumentException if it makes no sense, whatever the data
     */
    void apply(List<String> columns, DuckRead read) {
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        if (values) read.by(Partitioner.values(columns.get(0), more));
        else if (partitions == null) applyRange(columns, read);
        else if (partitions.equals(AUTO)) read.byHash(columns.get(0), more);
        else read.by(Partitioner.hash(number("--partitions", partitions), columns.get(0), more));
    }

    private void applyRange(List<String> columns, DuckRead read) {
        if (columns.size() > 1) throw new IllegalArgumentException("--range takes one column in --by");
        if (!range.startsWith(AUTO_RANGES)) read.byRanges(columns.get(0), Names.list(range));
        else read.byRanges(columns.get(0), number("--range auto", range.substring(AUTO_RANGES.length())));
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + ": '" + text + "' is no number of partitions", e);
        }
    }
}
