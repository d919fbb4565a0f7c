package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.DictionaryColumns;
import io.partd.arrow.column.SchemaRules;
import io.partd.arrow.memory.Arena;
import io.partd.arrow.memory.ScratchPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads a key's bytes as record batches, whose buffers are checked and lie in place where they can. Dictionaries are
 * those that a batch came after: replaced, or extended by deltas. For one thread.
 */
public final class BatchReader implements AutoCloseable {
    private final Bytes bytes;
    private final MessageCursor cursor;
    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final TableSchema table;
    private Projection projection;
    /** What reads ahead, or null where that gains nothing. */
    private ReadAhead ahead;

    private final DictionaryState[] dictionaries;
    private final List<Arena> arenas = new ArrayList<>();
    private final List<DictionaryState> held = new ArrayList<>();
    private long copied;

    /**
     * Reads the schema.
     *
     * @throws io.partd.CorruptPartdException if the bytes do not begin with one
     */
    public BatchReader(Bytes bytes, String name, BufferAllocator allocator, ScratchPool scratch) {
        this.bytes = bytes;
        this.cursor = new MessageCursor(bytes, name);
        this.allocator = allocator;
        this.scratch = scratch;
        this.table = cursor.next() ? SchemaMessages.read(cursor) : TableSchema.EMPTY;
        this.dictionaries = new DictionaryState[table.dictionaries.size()];
    }

    public TableSchema table() {
        return table;
    }

    /** Chooses the columns by their names, all where none is named. */
    public Projection project(List<String> names) {
        projection = Projection.of(table, names, cursor.where);
        ahead = ReadAhead.of(bytes, cursor, table, projection);
        return projection;
    }

    /** The bytes of the stream that were passed so far. */
    long position() {
        return cursor.bodyEnd;
    }

    /** The next batch, which stays valid until {@link #releaseBatches} or close; null where there is none. */
    public Batch next() {
        while (cursorNext()) {
            switch (cursor.type) {
                case MessageHeader.Schema -> checkRepeated(SchemaMessages.read(cursor));
                case MessageHeader.DictionaryBatch -> readDictionary(dictionaryHeader());
                case MessageHeader.RecordBatch -> {
                    return readBatch(header(new RecordBatch()));
                }
                default -> throw cursor.corrupt("unexpected message of type " + cursor.type);
            }
        }
        return null;
    }

    private boolean cursorNext() {
        if (ahead != null) ahead.before(cursor.bodyEnd);
        return cursor.next();
    }

    private <T extends com.google.flatbuffers.Table> T header(T into) {
        if (cursor.decode(() -> cursor.message.header(into)) == null) throw cursor.corrupt("a message has no header");
        return into;
    }

    private DictionaryBatch dictionaryHeader() {
        DictionaryBatch message = header(new DictionaryBatch());
        return cursor.decode(() -> {
            message.id();
            message.isDelta();
            message.data();
            return message; // and none of these fails from here on
        });
    }

    private void checkRepeated(TableSchema repeated) {
        String difference = SchemaRules.difference(table.schema, repeated.schema);
        if (difference != null) throw cursor.corrupt("another schema follows: " + difference);
        if (!sameDictionaries(repeated)) throw cursor.corrupt("a schema with other dictionary ids follows");
    }

    private boolean sameDictionaries(TableSchema repeated) {
        long[] mine = table.dictionaries.stream().mapToLong(d -> d.id).toArray();
        return Arrays.equals(
                mine, repeated.dictionaries.stream().mapToLong(d -> d.id).toArray());
    }

    private Batch readBatch(RecordBatch message) {
        Arena arena = new Arena(allocator, scratch);
        arenas.add(arena);
        Batch batch = BatchLoader.load(
                cursor, message, table.columns, table.nodes, projection.wanted, arena, this::currentBatch);
        copied += arena.copied();
        for (DictionaryState each : dictionaries) {
            if (each != null) held.add(each.hold());
        }
        for (int i : projection.fields) batch.check(table.columns[i]);
        return batch;
    }

    /** The memory of the last batch. */
    Arena arena() {
        return arenas.get(arenas.size() - 1);
    }

    /** The bytes of memory that the batches take that were not let go of yet, beside what is read in place. */
    long copied() {
        return copied;
    }

    /** What a dictionary holds now, or null where there was none yet. */
    DictionaryState dictionary(int number) {
        return dictionaries[number];
    }

    private Batch currentBatch(int number) {
        return dictionaries[number] == null ? null : dictionaries[number].batch();
    }

    private void readDictionary(DictionaryBatch message) {
        DictionaryColumns dictionary = find(cursor.decode(message::id));
        if (dictionary == null) return;
        boolean isDelta = cursor.decode(message::isDelta);
        DictionaryState before = dictionaries[dictionary.number];
        Arena arena = new Arena(allocator, scratch);
        Batch batch;
        try {
            batch = load(dictionary, message, arena);
            if (isDelta && before != null) batch = dictionary.extend(before.batch(), batch, arena);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
        List<DictionaryState> inner =
                new ArrayList<>(Arrays.asList(dictionaries).subList(0, dictionary.number));
        inner.removeIf(Objects::isNull);
        dictionaries[dictionary.number] = new DictionaryState(batch, arena, inner);
        if (before != null) before.release();
    }

    private Batch load(DictionaryColumns dictionary, DictionaryBatch message, Arena arena) {
        RecordBatch data = cursor.decode(message::data);
        if (data == null) throw cursor.corrupt("a dictionary has no entries");
        Column[] columns = {dictionary.values};
        boolean[] wanted = {true};
        Batch batch = BatchLoader.load(cursor, data, columns, dictionary.nodes, wanted, arena, this::currentBatch);
        batch.checkOnce(dictionary.values);
        return batch;
    }

    /** The dictionary of a message, or null where no column that is read needs it. */
    private DictionaryColumns find(long id) {
        for (DictionaryColumns dictionary : table.dictionaries) {
            if (dictionary.id == id) return projection.dictionaries.contains(id) ? dictionary : null;
        }
        throw cursor.corrupt("it has dictionary " + id + ", which no column is encoded with");
    }

    /** Lets go of the batches that were read so far. */
    public void releaseBatches() {
        arenas.forEach(Arena::close);
        arenas.clear();
        copied = 0;
        held.forEach(DictionaryState::release);
        held.clear();
    }

    @Override
    public void close() {
        releaseBatches();
        for (int i = 0; i < dictionaries.length; i++) {
            if (dictionaries[i] != null) dictionaries[i].release();
            dictionaries[i] = null;
        }
    }
}
