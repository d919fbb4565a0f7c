package io.partd.duckdb.write;

import io.partd.FilePartd;
import io.partd.Layer;
import io.partd.Partd;
import io.partd.Progress;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.StoreSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Appends what a reader gives to a store. */
public final class StoreOutput {
    private StoreOutput() {}

    /** Before DuckDB gives rows for a store: what does not fit into memory goes beside that. */
    public static void prepare(Database database, ArrowPartd into) {
        if (bottom(into) instanceof FilePartd file) database.temporaryBeside(file.directory());
    }

    /** Appends all rows to the keys that a partitioner gives them, and says how many rows there were. */
    public static long split(ArrowReader rows, ArrowPartd into, Partitioner by) {
        return each(rows, "rows by " + by, root -> into.append(described(root, null), by, rows));
    }

    /** The same with rows that are in descending order: keys, which are those of ranges, are to be read so. */
    public static long splitDescending(ArrowReader rows, ArrowPartd into, Partitioner byRange) {
        String column = byRange.columns().get(0);
        return each(rows, "rows by " + byRange, root -> into.append(described(root, column), byRange, rows));
    }

    /**
     * The same table, which says that it is descending or that it is not; what it came from said that of another store.
     */
    private static VectorSchemaRoot described(VectorSchemaRoot root, String descending) {
        Map<String, String> metadata = new HashMap<>(root.getSchema().getCustomMetadata());
        if (descending == null && !metadata.containsKey(StoreSource.DESCENDING)) return root;
        if (descending == null) metadata.remove(StoreSource.DESCENDING);
        else metadata.put(StoreSource.DESCENDING, descending);
        Schema schema = new Schema(root.getSchema().getFields(), metadata);
        return new VectorSchemaRoot(schema, root.getFieldVectors(), root.getRowCount());
    }

    /** Appends all rows to one key, which is there then though there are none, and says how many there were. */
    public static long append(ArrowReader rows, ArrowPartd into, String key) {
        boolean[] any = {false};
        long count = each(rows, "rows to key \"" + key + "\"", root -> {
            any[0] = true;
            into.append(key, root, rows);
        });
        if (!any[0]) {
            try {
                into.append(key, rows.getVectorSchemaRoot(), rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    /** Writes to a store, which refuses that to threads that were interrupted: they are told as DuckDB's are. */
    public static void write(Runnable append) {
        try {
            append.run();
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof InterruptedIOException)) throw e;
            throw new DuckException(DuckException.Reason.CANCELLED, e.getMessage(), e);
        }
    }

    /** What becomes of a batch. */
    private interface Batches {
        void take(VectorSchemaRoot root);
    }

    private static long each(ArrowReader rows, String what, Batches batches) {
        long count = 0;
        try (Progress progress = Progress.begin(what, "rows", Progress.UNKNOWN)) {
            while (rows.loadNextBatch()) {
                VectorSchemaRoot root = rows.getVectorSchemaRoot();
                write(() -> batches.take(root));
                count += root.getRowCount();
                progress.add(root.getRowCount());
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if the statement reads the store that it is to write to */
    public static void requireOther(Plan plan, ArrowPartd into) {
        for (PlannedScan scan : plan.scans()) {
            if (scan.source() instanceof StoreSource source && bottom(source.store()) == bottom(into)) {
                throw new IllegalArgumentException("table \"" + scan.table() + "\" is read while " + into
                        + " is written, and is the same store: write into another one");
            }
        }
    }

    /** The store that has the bytes. */
    public static Partd<?> bottom(Partd<?> store) {
        Partd<?> at = store;
        while (at instanceof Layer layer) at = layer.store();
        return at;
    }
}
