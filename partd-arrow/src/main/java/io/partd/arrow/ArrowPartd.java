package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Layer;
import io.partd.Partd;
import io.partd.Progress;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Selection;
import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.ipc.ColumnBytes;
import io.partd.arrow.ipc.KeyReader;
import io.partd.arrow.ipc.PieceWriter;
import io.partd.arrow.ipc.RootBatches;
import io.partd.arrow.ipc.RowCount;
import io.partd.arrow.ipc.TableConcat;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.ipc.TableSchemas;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.partition.PartAssignment;
import io.partd.arrow.partition.RowsByPart;
import io.partd.arrow.store.KeySchemas;
import io.partd.arrow.store.Stage;
import io.partd.arrow.store.StreamStore;
import io.partd.arrow.store.StreamStore.PendingAppend;
import io.partd.base.Closing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A store of Arrow tables that grow by appending. What lies under a key is an Arrow IPC stream: the schema message,
 * then record batches, which any Arrow implementation can read as they are. Safe for several threads, and for the
 * processes that the store below is safe for.
 *
 * <p>All tables of a key have one schema: names, order and types are equal; metadata and the child names of lists and
 * maps may differ (the first ones stay), and a column without nulls may go where nulls may be. Another schema is an
 * {@link IllegalArgumentException} before anything is written. A table without columns and rows makes its key exist and
 * fixes no schema; an absent key reads as such a table. Broken bytes are a {@link io.partd.CorruptPartdException}.
 *
 * <p>Roots that are appended are borrowed: they stay the caller's. Roots and readers that are returned are closed by
 * the caller, and come from the allocator given; {@link #close} leaves that open.
 */
public final class ArrowPartd implements Partd<VectorSchemaRoot>, Layer {
    private final StreamStore streams;
    private final BufferAllocator allocator;
    private final BufferCodec codec;
    private final TableSchemas schemas = new TableSchemas();
    private final ScratchPool scratch;
    /** What waits to be written, or null where each append is written at once. */
    private final Stage stage;

    private ArrowPartd(Partd<Bytes> store, BufferAllocator allocator, ArrowOptions options) {
        this.streams = new StreamStore(Objects.requireNonNull(store, "the store is null"));
        this.allocator = Objects.requireNonNull(allocator, "the allocator is null");
        this.codec = options.codec();
        long staged = options.stageBytes();
        this.scratch = new ScratchPool(staged + staged / 2);
        this.stage =
                staged == 0 ? null : new Stage(staged, UnwrittenKeysException::of, streams, allocator, scratch, codec);
    }

    /** Returns a store of tables over a store of bytes, without compression. */
    public static ArrowPartd over(Partd<Bytes> store, BufferAllocator allocator) {
        return over(store, allocator, ArrowOptions.defaults());
    }

    /** Returns a store of tables over a store of bytes. */
    public static ArrowPartd over(Partd<Bytes> store, BufferAllocator allocator, ArrowOptions options) {
        return new ArrowPartd(store, allocator, options);
    }

    /**
     * Returns the allocator that layers share which are given none, such as {@link ArrayPartd}: a root of its own, made
     * when it is first asked for, and never closed.
     *
     * @throws IllegalStateException if Arrow cannot allocate memory here, saying what to add
     */
    public static BufferAllocator sharedAllocator() {
        return SharedAllocator.get();
    }

    /**
     * Appends each table to its key, as {@link Partd#append(Map, Map)} says; a head is a table that a key begins with.
     *
     * @throws IllegalArgumentException if a key holds another schema, or a column is dictionary-encoded: see
     *     {@link #append(String, VectorSchemaRoot, DictionaryProvider)}
     */
    @Override
    public Set<String> append(
            Map<String, ? extends VectorSchemaRoot> values, Map<String, ? extends VectorSchemaRoot> heads) {
        Map<String, Table> tables = tables(values, "values");
        Map<String, Table> first = tables(heads, "heads");
        if (stage != null && first.isEmpty() && tables.values().stream().allMatch(Table::canBeStaged)) {
            List<Stage.Rows> rows = new ArrayList<>();
            tables.forEach((key, table) ->
                    rows.add(new Stage.Rows(table.schema, table.batch, PartAssignment.one(key, table.batch.rows))));
            stage.add(rows, null);
            return Set.of();
        }
        return write(tables, first);
    }

    private Map<String, Table> tables(Map<String, ? extends VectorSchemaRoot> roots, String what) {
        Objects.requireNonNull(roots, what + " is null");
        Map<String, Table> tables = new LinkedHashMap<>();
        roots.forEach((key, root) -> {
            Objects.requireNonNull(key, "a key in " + what + " is null");
            Objects.requireNonNull(root, () -> "the table of key \"" + key + "\" in " + what + " is null");
            tables.put(key, table(root, null, null));
        });
        return tables;
    }

    private Table table(VectorSchemaRoot root, DictionaryProvider dictionaries, String partitioner) {
        TableSchema schema = schemas.of(root, dictionaries, partitioner);
        return new Table(schema, RootBatches.of(schema, root, dictionaries));
    }

    private Set<String> write(Map<String, Table> tables, Map<String, Table> heads) {
        writeStaged(tables.keySet());
        writeStaged(heads.keySet());
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            return streams.append(pieces(tables, writer), pieces(heads, writer), null);
        }
    }

    private static Map<String, PendingAppend> pieces(Map<String, Table> tables, PieceWriter writer) {
        Map<String, PendingAppend> pieces = new LinkedHashMap<>();
        tables.forEach((key, table) -> pieces.put(key, table.piece(Selection.range(0, table.batch.rows), writer)));
        return pieces;
    }

    /** Writes what is staged; fails if that of one of these keys cannot be written. */
    private void writeStaged(Collection<String> keys) {
        if (stage != null) stage.write(keys);
    }

    /** A root that is appended, as its schema and its batch. */
    private record Table(TableSchema schema, Batch batch) {
        /** Dictionaries and tables without rows are written at once. */
        boolean canBeStaged() {
            return batch.rows > 0 && schema.dictionaries.isEmpty();
        }

        PendingAppend piece(Selection rows, PieceWriter writer) {
            return new PendingAppend(schema, (key, ids) -> writer.write(schema, ids, batch, rows, key));
        }
    }

    /**
     * Appends a table whose columns may be dictionary-encoded. Of each dictionary, the entries that the table uses are
     * stored with it.
     */
    public void append(String key, VectorSchemaRoot root, DictionaryProvider dictionaries) {
        Objects.requireNonNull(key, "the key is null");
        Objects.requireNonNull(root, "the table is null");
        write(Map.of(key, table(root, dictionaries, null)), Map.of());
    }

    /**
     * Appends the rows of a table to the keys that the partitioner gives them, all or none, in the order that they
     * have. What a store is partitioned by is recorded in the schema metadata of its keys.
     *
     * @throws IllegalArgumentException if the store is partitioned by another partitioner
     */
    public void append(VectorSchemaRoot root, Partitioner partitioner) {
        append(root, partitioner, null);
    }

    /** As {@link #append(VectorSchemaRoot, Partitioner)}, with columns that may be dictionary-encoded. */
    public void append(VectorSchemaRoot root, Partitioner partitioner, DictionaryProvider dictionaries) {
        Objects.requireNonNull(root, "the table is null");
        String by = partitioner.toString();
        Table table = table(root, dictionaries, by);
        PartAssignment parts = partitioner.assign(root, dictionaries);
        if (stage != null && table.canBeStaged()) {
            stage.add(List.of(new Stage.Rows(table.schema, table.batch, parts)), by);
            return;
        }
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            Map<String, PendingAppend> pieces = new LinkedHashMap<>();
            new RowsByPart(parts).forEach((part, rows) -> pieces.put(parts.key(part), table.piece(rows, writer)));
            writeStaged(pieces.keySet());
            streams.append(pieces, Map.of(), by);
        }
    }

    /**
     * Appends all batches of a reader, dictionaries included, each by itself: one that fails leaves those before it. A
     * reader without batches makes the key exist with its schema. The reader is not closed.
     *
     * @throws UncheckedIOException if the reader fails
     */
    public void append(String key, ArrowReader reader) {
        try (Progress progress = Progress.begin("append to key \"" + key + "\"", "rows", Progress.UNKNOWN)) {
            boolean any = false;
            while (loadNext(reader)) {
                append(key, reader.getVectorSchemaRoot(), reader);
                progress.add(reader.getVectorSchemaRoot().getRowCount());
                any = true;
            }
            if (!any) append(key, reader.getVectorSchemaRoot(), reader);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what to append to key \"" + key + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Appends the rows of all batches of a reader to the keys that the partitioner gives them, batch by batch. The
     * reader is not closed.
     *
     * @throws UncheckedIOException if the reader fails
     */
    public void append(ArrowReader reader, Partitioner partitioner) {
        try (Progress progress = Progress.begin("append by " + partitioner, "rows", Progress.UNKNOWN)) {
            while (loadNext(reader)) {
                append(reader.getVectorSchemaRoot(), partitioner, reader);
                progress.add(reader.getVectorSchemaRoot().getRowCount());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading what to partition: " + e.getMessage(), e);
        }
    }

    /** Loads the next batch, unless the thread was interrupted: what was appended stays. */
    private static boolean loadNext(ArrowReader reader) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted; the batches before are appended");
        }
        return reader.loadNextBatch();
    }

    /** Returns the table under each key, dictionaries decoded; if one fails, those before it are released. */
    @Override
    public List<VectorSchemaRoot> get(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<Bytes> stored = stored(asked).get(asked);
        List<VectorSchemaRoot> tables = new ArrayList<>(asked.size());
        try {
            for (int i = 0; i < asked.size(); i++) tables.add(read(asked.get(i), stored.get(i), List.of()));
            return tables;
        } catch (RuntimeException | Error e) {
            tables.forEach(VectorSchemaRoot::close);
            throw e;
        }
    }

    /**
     * Returns the columns of these names, in that order, or all where none is named. Only their bytes are read, unless
     * a byte codec lies in between. An absent key has no columns.
     *
     * @throws IllegalArgumentException if a column is not there, or if the key holds more than one table can: see
     *     {@link #reader}
     */
    public VectorSchemaRoot get(String key, String... columns) {
        return read(key, stored(List.of(key)).get(key), List.of(columns));
    }

    private VectorSchemaRoot read(String key, Bytes stored, List<String> columns) {
        return TableConcat.read(stored, KeySchemas.name(key), columns, allocator, scratch);
    }

    /**
     * Returns a reader of the batches under a key as of now, which holds one in memory at a time, and keeps columns
     * dictionary-encoded. Batches may lie in place in a mapped file: do not write to their vectors. The caller closes
     * it; it stays valid when the key is deleted, and after {@link #close}.
     */
    public ArrowReader reader(String key, String... columns) {
        return reader(allocator, key, columns);
    }

    /** As {@link #reader(String, String...)}, with vectors from another allocator than this store's. */
    public ArrowReader reader(BufferAllocator other, String key, String... columns) {
        Bytes stored = stored(List.of(key)).get(key);
        return KeyReader.of(stored, KeySchemas.name(key), List.of(columns), other, scratch);
    }

    /**
     * Returns the schema of a key as it is stored: a dictionary-encoded field has the type of its values, and says how
     * it is encoded. An absent key has an empty schema.
     */
    public Schema schema(String key) {
        return KeySchemas.read(key, stored(List.of(key)).get(key)).schema;
    }

    /**
     * Returns the number of rows under a key. Only the headers of its batches are read, unless a byte codec lies in
     * between.
     */
    public long rows(String key) {
        return RowCount.of(stored(List.of(key)).get(key), KeySchemas.name(key));
    }

    /**
     * Returns the bytes that the columns of these names take under a key, or all columns where none is named; 0 for an
     * absent key. Only the headers of its batches are read, unless a byte codec lies in between.
     *
     * @throws IllegalArgumentException if a column is not there
     */
    public long bytes(String key, String... columns) {
        Bytes stored = stored(List.of(key)).get(key);
        return ColumnBytes.of(stored, KeySchemas.name(key), List.of(columns));
    }

    /** Returns the store below, which has what was appended, but for what is staged. */
    @Override
    public Partd<Bytes> store() {
        return streams.store;
    }

    /** The store, once it has what was staged of these keys. */
    private Partd<Bytes> stored(Collection<String> keys) {
        writeStaged(keys);
        return streams.store;
    }

    /** Deletes keys, with what is staged of them. */
    @Override
    public void delete(Collection<String> keys) {
        if (stage == null) streams.store.delete(keys);
        else stage.delete(Objects.requireNonNull(keys, "keys is null"));
    }

    /** Returns the keys that exist, those included whose staged tables cannot be written. */
    @Override
    public SortedSet<String> keys() {
        Set<String> waiting = stage == null ? Set.of() : stage.write();
        SortedSet<String> written = streams.store.keys();
        if (waiting.isEmpty()) return written;
        SortedSet<String> all = new TreeSet<>(written);
        all.addAll(waiting);
        return all;
    }

    /** Removes everything, with all that is staged. */
    @Override
    public void drop() {
        if (stage == null) streams.store.drop();
        else stage.drop();
    }

    @Override
    public long removals() {
        return stage == null ? streams.store.removals() : stage.removals();
    }

    /**
     * Writes what is staged, and returns when everything appended before is on the medium.
     *
     * @throws UnwrittenKeysException if what is staged of some keys cannot be written; that of the others, and all that
     *     is written, is on the medium
     */
    @Override
    public void flush() {
        if (stage != null) stage.write();
        streams.store.flush();
        if (stage != null) stage.requireWritten();
    }

    @Override
    public Lock lock() {
        return stage == null ? streams.store.lock() : stage.lock();
    }

    /**
     * Writes what is staged, and closes the store below; the allocator, and what was read, stay open.
     *
     * @throws UnwrittenKeysException if what is staged of some keys cannot be written: that of those keys is lost
     */
    @Override
    public void close() {
        Runnable staged = stage == null ? () -> {} : stage::close;
        Closing.each(List.<Runnable>of(staged, scratch::clear, streams.store::close), Runnable::run);
    }

    @Override
    public String toString() {
        return "arrow(" + streams.store + ")";
    }
}
