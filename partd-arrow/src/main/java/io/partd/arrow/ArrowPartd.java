package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.StreamStore.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
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
public final class ArrowPartd implements Partd<VectorSchemaRoot> {
    private final StreamStore streams;
    private final BufferAllocator allocator;
    private final BufferCodec codec;
    private final TableSchemas schemas = new TableSchemas();
    private final ScratchPool scratch = new ScratchPool();

    private ArrowPartd(Partd<Bytes> store, BufferAllocator allocator, ArrowOptions options) {
        this.streams = new StreamStore(Objects.requireNonNull(store, "the store is null"), ArrowPartd::refusal);
        this.allocator = Objects.requireNonNull(allocator, "the allocator is null");
        this.codec = options.codec();
    }

    private static String refusal(String key, TableSchema stored, TableSchema given) {
        return name(key) + " cannot take this table: " + SchemaRules.difference(stored.schema, given.schema);
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
     * Appends each table to its key, as {@link Partd#append(Map, Map)} says; a head is a table that a key begins with.
     *
     * @throws IllegalArgumentException if a key holds another schema, or a column is dictionary-encoded: see
     *     {@link #append(String, VectorSchemaRoot, DictionaryProvider)}
     */
    @Override
    public Set<String> append(
            Map<String, ? extends VectorSchemaRoot> values, Map<String, ? extends VectorSchemaRoot> heads) {
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            return streams.append(pieces(values, "values", writer), pieces(heads, "heads", writer), null);
        }
    }

    private Map<String, Piece> pieces(Map<String, ? extends VectorSchemaRoot> tables, String what, PieceWriter writer) {
        Objects.requireNonNull(tables, what + " is null");
        Map<String, Piece> pieces = new LinkedHashMap<>();
        tables.forEach((key, root) -> {
            Objects.requireNonNull(key, "a key in " + what + " is null");
            Objects.requireNonNull(root, () -> "the table of key \"" + key + "\" in " + what + " is null");
            pieces.put(key, piece(root, null, writer));
        });
        return pieces;
    }

    private Piece piece(VectorSchemaRoot root, DictionaryProvider dictionaries, PieceWriter writer) {
        TableSchema table = schemas.of(root, dictionaries, null);
        Batch batch = RootBatches.of(table, root, dictionaries);
        Selection all = Selection.range(0, batch.rows);
        return new Piece(table, (key, ids) -> writer.write(table, ids, batch, all, name(key)));
    }

    /**
     * Appends a table whose columns may be dictionary-encoded. Of each dictionary, the entries that the table uses are
     * stored with it.
     */
    public void append(String key, VectorSchemaRoot root, DictionaryProvider dictionaries) {
        Objects.requireNonNull(root, "the table is null");
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            streams.append(Map.of(key, piece(root, dictionaries, writer)), Map.of(), null);
        }
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
        TableSchema table = schemas.of(root, dictionaries, partitioner.toString());
        Batch batch = RootBatches.of(table, root, dictionaries);
        PartRows parts = new PartRows(partitioner.assign(root, dictionaries));
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            Map<String, Piece> pieces = new HashMap<>();
            parts.byKey()
                    .forEach((part, rows) -> pieces.put(
                            part, new Piece(table, (key, ids) -> writer.write(table, ids, batch, rows, name(key)))));
            streams.append(pieces, Map.of(), partitioner.toString());
        }
    }

    /**
     * Appends all batches of a reader, dictionaries included, each by itself: one that fails leaves those before it. A
     * reader without batches makes the key exist with its schema. The reader is not closed.
     *
     * @throws UncheckedIOException if the reader fails
     */
    public void append(String key, ArrowReader reader) {
        try {
            boolean any = false;
            while (reader.loadNextBatch()) {
                append(key, reader.getVectorSchemaRoot(), reader);
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
        try {
            while (reader.loadNextBatch()) append(reader.getVectorSchemaRoot(), partitioner, reader);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what to partition: " + e.getMessage(), e);
        }
    }

    /** Returns the table under each key, dictionaries decoded; if one fails, those before it are released. */
    @Override
    public List<VectorSchemaRoot> get(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<Bytes> stored = streams.store.get(asked);
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
        return read(key, streams.store.get(key), List.of(columns));
    }

    private VectorSchemaRoot read(String key, Bytes stored, List<String> columns) {
        return TableConcat.read(stored, key, columns, allocator, scratch);
    }

    /**
     * Returns a reader of the batches under a key as of now, which holds one in memory at a time, and keeps columns
     * dictionary-encoded. Batches may lie in place in a mapped file: do not write to their vectors. The caller closes
     * it; it stays valid when the key is deleted, and after {@link #close}.
     */
    public ArrowReader reader(String key, String... columns) {
        TableReader reader = new TableReader(streams.store.get(key), KeySchemas.where(key), allocator, scratch);
        List<String> names = reader.table() == TableSchema.EMPTY ? List.of() : List.of(columns);
        return new KeyReader(reader, reader.project(names), allocator);
    }

    /**
     * Returns the schema of a key as it is stored: a dictionary-encoded field has the type of its values, and says how
     * it is encoded. An absent key has an empty schema.
     */
    public Schema schema(String key) {
        return KeySchemas.read(key, streams.store.get(key)).schema;
    }

    private static String name(String key) {
        return "key \"" + key + "\"";
    }

    @Override
    public void delete(Collection<String> keys) {
        streams.store.delete(keys);
    }

    @Override
    public SortedSet<String> keys() {
        return streams.store.keys();
    }

    @Override
    public void drop() {
        streams.store.drop();
    }

    @Override
    public long removals() {
        return streams.store.removals();
    }

    @Override
    public void flush() {
        streams.store.flush();
    }

    @Override
    public Lock lock() {
        return streams.store.lock();
    }

    /** Closes the store below; the allocator, and what was read, stay open. */
    @Override
    public void close() {
        streams.store.close();
        scratch.clear();
    }

    @Override
    public String toString() {
        return "arrow(" + streams.store + ")";
    }
}
