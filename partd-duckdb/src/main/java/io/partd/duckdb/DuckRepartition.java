package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.query.StoreSource;
import io.partd.duckdb.write.StoreOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The rows of a store, to be split another way. Immutable. */
public final class DuckRepartition {
    private final Database database;
    private final ArrowPartd from;
    private final Partitioner partitioner;

    DuckRepartition(Database database, ArrowPartd from, Partitioner partitioner) {
        this.database = database;
        this.from = Objects.requireNonNull(from, "the store is null");
        this.partitioner = partitioner;
    }

    /** Returns the same, with how rows are to be split. */
    public DuckRepartition by(Partitioner how) {
        return new DuckRepartition(database, from, Objects.requireNonNull(how, "the partitioner is null"));
    }

    /**
     * Appends all rows to another store, one batch in memory at a time: key after key, and in the order that they have
     * in each. Dictionaries stay. Where keys are many, give the other store
     * {@link io.partd.arrow.ArrowOptions#withStageBytes}, so that each batch does not become a small piece for each
     * key.
     *
     * @return how many rows there were
     * @throws IllegalStateException if no partitioner was named
     * @throws IllegalArgumentException if it is the same store, or does not take such rows
     */
    public long into(ArrowPartd store) {
        Objects.requireNonNull(store, "the other store is null");
        if (partitioner == null) throw new IllegalStateException("say which row goes where: by(partitioner)");
        if (StoreOutput.bottom(store) == StoreOutput.bottom(from)) {
            throw new IllegalArgumentException(store + " is the store that is read: write into another one");
        }
        long rows = 0;
        StoreSource source = new StoreSource(from, Optional.empty(), database.scans());
        for (String key : source.keys()) {
            try (ArrowReader reader = from.reader(database.scans(), key)) {
                rows += StoreOutput.split(reader, store, partitioner);
            } catch (IOException e) {
                throw new UncheckedIOException("key \"" + key + "\": " + e.getMessage(), e);
            }
        }
        return rows;
    }
}
