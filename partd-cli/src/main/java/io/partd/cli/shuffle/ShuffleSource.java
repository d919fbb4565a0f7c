package io.partd.cli.shuffle;

import io.partd.cli.common.Failure;
import io.partd.duckdb.DuckRead;
import io.partd.duckdb.PartdDuck;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is read, as the command line says it.
 *
 * @param names files, globs in quotes, and {@code -}
 * @param keys the columns or expressions that decide which partition a row goes to
 * @param columns which to store beside them, or none for all
 */
public record ShuffleSource(
        List<String> names,
        List<String> keys,
        List<String> columns,
        Optional<String> where,
        InputOptions input,
        PartitionOptions how) {
    /** @throws IllegalArgumentException if it makes no sense, whatever the data */
    public DuckRead read(PartdDuck duck) {
        if (Collections.frequency(names, "-") > 1) {
            throw new Failure("- is named twice: standard input can be read once");
        }
        DuckRead read = duck.read();
        for (String name : names) {
            if (name.equals("-")) read.and(StandardInput.open(), "standard input");
            else read.and(name);
        }
        read.select(columns.toArray(String[]::new));
        where.ifPresent(read::where);
        input.apply(read);
        how.apply(keys, read);
        return read;
    }
}
