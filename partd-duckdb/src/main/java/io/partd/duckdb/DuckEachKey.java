package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.keys.EachKey;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.Running;
import io.partd.duckdb.query.StoreSource;
import io.partd.duckdb.write.FileOutput;
import io.partd.duckdb.write.StoreOutput;
import io.partd.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A statement that is asked of each key by itself: its totals, windows and limits are those of one key. Immutable, and
 * safe for several threads.
 *
 * <p>Stores in the statement are read by that key alone, each other table as a whole. Several keys are worked on at
 * once, as many as there are {@link DuckOptions#threads}, within one limit of memory.
 */
public final class DuckEachKey {
    private final Database database;
    private final Plan plan;
    /** By the name of a scan: which keys it has for the statement. */
    private final Map<String, Set<String>> keys = new HashMap<>();

    private final List<String> all;

    private DuckEachKey(Database database, Plan plan) {
        this.database = database;
        this.plan = plan;
        Set<String> union = new LinkedHashSet<>();
        for (PlannedScan scan : stores(plan)) {
            List<String> some = scan.keys();
            keys.put(scan.name(), new HashSet<>(some));
            union.addAll(some);
        }
        this.all = new ArrayList<>(union);
    }

    static DuckEachKey of(Database database, Plan plan) {
        List<PlannedScan> stores = stores(plan);
        if (stores.isEmpty()) {
            throw new IllegalArgumentException(
                    "the statement names no store, so that there are no keys: " + plan.asked());
        }
        for (PlannedScan scan : stores) requireAlike(stores.get(0), scan);
        return new DuckEachKey(database, plan);
    }

    private static List<PlannedScan> stores(Plan plan) {
        return plan.scans().stream()
                .filter(scan -> scan.source() instanceof StoreSource)
                .toList();
    }

    private static void requireAlike(PlannedScan first, PlannedScan other) {
        StoreSource a = (StoreSource) first.source();
        StoreSource b = (StoreSource) other.source();
        if (StoreOutput.bottom(a.store()) == StoreOutput.bottom(b.store())) return;
        if (a.partitioner().equals(b.partitioner())) return;
        throw new IllegalArgumentException("tables \"" + first.table() + "\" and \"" + other.table()
                + "\" are not split alike (by " + words(a.partitioner()) + ", and by " + words(b.partitioner())
                + "), so that a key is not the same rows in both: repartition one of them");
    }

    private static String words(Optional<Partitioner> partitioner) {
        return partitioner.map(Partitioner::toString).orElse("keys of one's own");
    }

    /**
     * Asks it of each key, and appends what comes of a key to the same key of another store, in order. A key of which
     * nothing comes is there without rows. What was appended before a failure stays.
     *
     * @return how many rows there were
     * @throws DuckException if it fails with a key, which the message names; the rest is ended
     * @throws IllegalArgumentException if the statement reads this store
     */
    public long into(ArrowPartd store) {
        Objects.requireNonNull(store, "the store is null");
        StoreOutput.requireOther(plan, store);
        StoreOutput.prepare(database, store);
        AtomicLong rows = new AtomicLong();
        ReadWriteLock turns = new ReentrantReadWriteLock();
        String what = "each key into " + store;
        int threads = database.options().threads();
        EachKey.Work work = key -> {
            // What does not fit beside other keys may fit alone.
            if (!isDone(turns.readLock(), key, store, rows, false)) isDone(turns.writeLock(), key, store, rows, true);
        };
        if (all.size() < threads) {
            EachKey.run(what, all, threads, work);
        } else {
            database.runSeveral(() -> EachKey.run(what, all, threads, work));
        }
        return rows.get();
    }

    /**
     * Asks it of each key, one after the other, and writes what comes of a key to a Parquet file of its own, in a
     * directory that appears when all are complete. One file is written at a time, however many keys there are. Its
     * name is the key, in which all but letters, digits, {@code -}, {@code _} and inner dots is written as in URLs.
     *
     * @return the files by key
     * @throws DuckException if it fails with a key, which the message names; then no file is left
     * @throws IllegalArgumentException if the directory has files already, or its parent is not there
     */
    public SortedMap<String, Path> into(Path directory) {
        Objects.requireNonNull(directory, "the directory is null");
        SortedMap<String, Path> files = new TreeMap<>();
        for (String key : all) files.put(key, directory.resolve(Text.fileName(key) + ".parquet"));
        try {
            FileOutput.inDirectory(
                    directory,
                    made -> EachKey.run("each key into " + directory, all, 1, key -> {
                        try (Running running = Running.begin(database, plan, scan -> keysOf(scan, key))) {
                            FileOutput.parquet(
                                    running, made.resolve(files.get(key).getFileName()));
                        }
                    }));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether it was done; else memory did not suffice to begin, and nothing was written. */
    private boolean isDone(Lock turn, String key, ArrowPartd store, AtomicLong rows, boolean last)
            throws IOException, SQLException, InterruptedException {
        turn.lockInterruptibly();
        try (ArrowReader reader = begin(key, last)) {
            if (reader == null) return false;
            rows.addAndGet(StoreOutput.append(reader, store, key));
            return true;
        } finally {
            turn.unlock();
        }
    }

    private ArrowReader begin(String key, boolean last) throws SQLException {
        try {
            return Running.begin(database, plan, scan -> keysOf(scan, key)).reader();
        } catch (DuckException e) {
            if (last || !isForWantOfMemory(e)) throw e;
            return null;
        }
    }

    /** Where DuckDB does not say why, the same statement went well when it was run again. */
    private static boolean isForWantOfMemory(DuckException failure) {
        return failure.reason() == DuckException.Reason.OUT_OF_MEMORY
                || failure.getCause() instanceof SQLException cause && Failures.saysNothing(cause);
    }

    private List<String> keysOf(PlannedScan scan, String key) {
        if (!keys.containsKey(scan.name())) return scan.keys();
        return keys.get(scan.name()).contains(key) ? List.of(key) : List.of();
    }

    /** The statement as it was asked. */
    @Override
    public String toString() {
        return plan.asked();
    }
}
