package io.partd.tablesaw;

import io.partd.Bytes;
import io.partd.Layer;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import tech.tablesaw.api.Table;

/**
 * A store of Tablesaw tables that grow by appending. What lies under a key is an Arrow IPC stream, as
 * {@link ArrowPartd} writes it, which any Arrow implementation can read as it is; {@link ArrowTables} says how tables
 * are written there, and what of other writers' can be read. Safe for several threads, as long as none changes a table
 * that another appends, and for the processes that the store below is safe for.
 *
 * <p>All tables of a key have the same columns: names, order and types. Other columns are an
 * {@link IllegalArgumentException} before anything is written. A table without columns makes its key exist and fixes
 * none; an absent key reads as such a table.
 *
 * <p>A table that is read has the name of the first one that was appended to its key; where that had none, the key.
 * What Tablesaw cannot tell apart is not told apart here: an empty string is a missing one, and NaN a missing number.
 */
public final class TablePartd implements Partd<Table>, Layer {
    private final Partd<Bytes> store;
    private final BufferAllocator allocator;
    private final ArrowPartd arrow;
    private final SubMillis finer;

    private TablePartd(Partd<Bytes> store, ArrowOptions options, SubMillis finer) {
        this.store = Objects.requireNonNull(store, "the store is null");
        this.allocator = ArrowPartd.sharedAllocator();
        this.arrow = ArrowPartd.over(store, allocator, Objects.requireNonNull(options, "the options are null"));
        this.finer = Objects.requireNonNull(finer, "what becomes of finer times is null");
    }

    /** Returns a store of tables over a store of bytes, without compression, nothing staged. */
    public static TablePartd over(Partd<Bytes> store) {
        return over(store, ArrowOptions.defaults());
    }

    /** Returns a store of tables over a store of bytes. */
    public static TablePartd over(Partd<Bytes> store, ArrowOptions options) {
        return over(store, options, SubMillis.REFUSE);
    }

    /**
     * Returns a store of tables over a store of bytes.
     *
     * @param finer what becomes of times finer than milliseconds, which others have written, when they are read
     */
    public static TablePartd over(Partd<Bytes> store, ArrowOptions options, SubMillis finer) {
        return new TablePartd(store, options, finer);
    }

    /**
     * Appends each table to its key, as {@link Partd#append(Map, Map)} says; a head is a table that a key begins with.
     *
     * @throws IllegalArgumentException if a key holds other columns, or a table cannot be converted
     */
    @Override
    public Set<String> append(Map<String, ? extends Table> values, Map<String, ? extends Table> heads) {
        try (Roots roots = new Roots(allocator)) {
            Map<String, VectorSchemaRoot> tables = roots.of(values, "values");
            Map<String, VectorSchemaRoot> first = roots.of(heads, "heads");
            try {
                return arrow.append(tables, first);
            } catch (IllegalArgumentException e) {
                Map<String, VectorSchemaRoot> all = new LinkedHashMap<>(first);
                all.putAll(tables);
                throw explained(e, () -> all);
            }
        }
    }

    /**
     * Appends the rows of a table to the keys that the partitioner gives them, all or none, in the order that they
     * have. What a store is partitioned by is recorded with its keys.
     *
     * @throws IllegalArgumentException if the store is partitioned by another partitioner, a key holds other columns,
     *     or the table cannot be converted
     */
    public void append(Table table, Partitioner partitioner) {
        Objects.requireNonNull(partitioner, "the partitioner is null");
        try (VectorSchemaRoot root = ArrowTables.toArrow(table, allocator)) {
            try {
                arrow.append(root, partitioner);
            } catch (IllegalArgumentException e) {
                throw explained(e, () -> ofEachKey(root));
            }
        }
    }

    private Map<String, VectorSchemaRoot> ofEachKey(VectorSchemaRoot root) {
        Map<String, VectorSchemaRoot> roots = new LinkedHashMap<>();
        for (String key : arrow.keys()) roots.put(key, root);
        return roots;
    }

    /** What was refused in Arrow's words, in Tablesaw's if it was for the columns, and else as it is. */
    private IllegalArgumentException explained(
            IllegalArgumentException refused, Supplier<Map<String, VectorSchemaRoot>> given) {
        try {
            for (Map.Entry<String, VectorSchemaRoot> each : given.get().entrySet()) {
                String difference = Differences.of(
                        arrow.schema(each.getKey()), each.getValue().getSchema());
                if (difference == null) continue;
                return new IllegalArgumentException("key \"" + each.getKey() + "\" " + difference, refused);
            }
        } catch (RuntimeException e) {
            // What was staged before, and still cannot be written, may be what keeps the schemas from being read.
            if (e != refused) refused.addSuppressed(e);
        }
        return refused;
    }

    /**
     * Returns the table under each key.
     *
     * @throws IllegalArgumentException if Tablesaw cannot hold what others have written: see {@link ArrowTables}
     */
    @Override
    public List<Table> get(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<VectorSchemaRoot> roots = arrow.get(asked);
        List<Table> tables = new ArrayList<>(asked.size());
        try {
            for (int i = 0; i < asked.size(); i++) {
                tables.add(table(asked.get(i), roots.get(i)));
                roots.get(i).close();
            }
            return tables;
        } finally {
            roots.forEach(VectorSchemaRoot::close);
        }
    }

    /**
     * Returns the columns of these names, in that order, or all where none is named. Only their bytes are read, unless
     * a byte codec lies in between.
     *
     * @throws IllegalArgumentException if a column is not there, or as for {@link #get(Collection)}
     */
    public Table get(String key, String... columns) {
        try (VectorSchemaRoot root = arrow.get(key, columns)) {
            return table(key, root);
        }
    }

    private Table table(String key, VectorSchemaRoot root) {
        return named(key, () -> ArrowTables.toTable(root, null, finer));
    }

    /** Reads a table, and adds the key to what is missing or wrong. */
    private static Table named(String key, Supplier<Table> read) {
        try {
            Table table = read.get();
            return table.name() == null ? table.setName(key) : table;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key \"" + key + "\", " + e.getMessage(), e);
        }
    }

    /**
     * Returns what is under a key as of now table by table, one of them in memory at a time: an append makes one table,
     * or several if it is large. The stream stays valid when the key is deleted, and after {@link #close}; it is read
     * by one thread. It holds memory outside the heap until its end is reached or it is closed: use it in a try
     * statement.
     *
     * @param columns the names of the columns that the tables have, in that order; none for all
     */
    public Stream<Table> stream(String key, String... columns) {
        ArrowReader reader = arrow.reader(key, columns);
        TableIterator tables = new TableIterator(reader, () -> next(key, reader));
        return tables.stream();
    }

    private Table next(String key, ArrowReader reader) {
        try {
            if (!reader.loadNextBatch()) return null;
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            return named(key, () -> ArrowTables.toTable(root, reader, finer));
        } catch (IOException e) {
            throw new UncheckedIOException("reading key \"" + key + "\": " + e.getMessage(), e);
        }
    }

    /** Returns the number of rows under a key, as {@link ArrowPartd#rows} does. */
    public long rows(String key) {
        return arrow.rows(key);
    }

    /** Returns the store below, which has what was appended, but for what is staged. */
    @Override
    public Partd<Bytes> store() {
        return store;
    }

    @Override
    public void delete(Collection<String> keys) {
        arrow.delete(keys);
    }

    @Override
    public SortedSet<String> keys() {
        return arrow.keys();
    }

    @Override
    public void drop() {
        arrow.drop();
    }

    @Override
    public long removals() {
        return arrow.removals();
    }

    @Override
    public void flush() {
        arrow.flush();
    }

    @Override
    public Lock lock() {
        return arrow.lock();
    }

    /** Writes what is staged, and closes the store below; what was read stays readable. */
    @Override
    public void close() {
        arrow.close();
    }

    @Override
    public String toString() {
        return "table(" + store + ")";
    }
}
