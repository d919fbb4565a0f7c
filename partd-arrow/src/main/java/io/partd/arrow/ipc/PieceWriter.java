package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.column.DictionaryColumns;
import io.partd.arrow.column.Selection;
import io.partd.arrow.column.UsedEntries;
import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.memory.BufferAddress;
import io.partd.arrow.memory.ScratchPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes selected rows of batches as messages into direct memory, which it keeps until it is closed: the rows are
 * gathered straight into the body that goes to the store. For one thread.
 */
public final class PieceWriter implements AutoCloseable {
    private static final int BLOCK = 4 << 20;
    /** In bytes; more rows than fit into it become several record batches. */
    private static final long MAX_BODY = 256 << 20;

    private final ScratchPool scratch;
    private final BufferCodec codec;
    private final BatchHeader header;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<ByteBuffer> written = new ArrayList<>();
    private ByteBuffer block;
    /** Of the rows that are written: the key, the target where no dictionaries are kept, and the buffers' offsets. */
    private String key;

    private ColumnOutput target;
    private long[] offsets = new long[16];

    /** The codec that buffers are compressed with, or null. */
    public PieceWriter(ScratchPool scratch, BufferCodec codec) {
        this.scratch = scratch;
        this.codec = codec;
        this.header = new BatchHeader(codec);
    }

    /**
     * The messages of the rows, with the dictionary entries that they use; none where there are no rows. The bytes are
     * valid until this is closed.
     *
     * @param ids the schema that the dictionaries have their ids from
     * @param newKey names the rows in errors
     */
    public Bytes write(TableSchema table, TableSchema ids, Batch src, Selection rows, String newKey) {
        written.clear();
        key = newKey;
        if (rows.rows > 0) writeRows(table, ids, src, rows);
        return Bytes.of(written.toArray(ByteBuffer[]::new));
    }

    private void writeRows(TableSchema table, TableSchema ids, Batch src, Selection rows) {
        ColumnOutput body = target(table);
        UsedEntries[] used = body.used;
        for (Column column : table.columns) body.measure(column, src, rows);
        ColumnOutput[] entries = measureDictionaries(table, used);
        body.layOut(table.columns);
        if (body.size() > MAX_BODY && rows.rows > 1) {
            writeRows(table, ids, src, rows.half(false));
            writeRows(table, ids, src, rows.half(true));
            return;
        }
        for (int i = 0; i < entries.length; i++) {
            Column[] values = {table.dictionaries.get(i).values};
            entries[i].layOut(values);
            write(values, used[i].dictionary(), used[i].selection(), entries[i], ids.dictionaries.get(i));
        }
        write(table.columns, src, rows, body, null);
    }

    /** An empty target: the last one, if it fits. */
    private ColumnOutput target(TableSchema table) {
        int dictionaries = table.dictionaries.size();
        if (dictionaries == 0 && target != null && target.rows.length == table.nodes) {
            target.reset();
            return target;
        }
        ColumnOutput fresh = new ColumnOutput(table.nodes, new UsedEntries[dictionaries], this::name);
        if (dictionaries == 0) target = fresh;
        return fresh;
    }

    private String name() {
        return "key \"" + key + '"';
    }

    /** Measures the entries that are used, after those of the dictionaries that are encoded with them. */
    private ColumnOutput[] measureDictionaries(TableSchema table, UsedEntries[] used) {
        ColumnOutput[] targets = new ColumnOutput[used.length];
        for (int i = used.length - 1; i >= 0; i--) {
            DictionaryColumns dictionary = table.dictionaries.get(i);
            if (used[i] == null) used[i] = new UsedEntries(new Batch(0, dictionary.nodes, name(), 0));
            targets[i] = new ColumnOutput(dictionary.nodes, used, this::name);
            targets[i].measure(dictionary.values, used[i].dictionary(), used[i].selection());
        }
        return targets;
    }

    private void write(Column[] columns, Batch src, Selection rows, ColumnOutput target, DictionaryColumns dictionary) {
        if (codec == null) writePlain(columns, src, rows, target, dictionary);
        else writeCompressed(columns, src, rows, target, dictionary);
    }

    private void writePlain(
            Column[] columns, Batch src, Selection rows, ColumnOutput target, DictionaryColumns dictionary) {
        if (offsets.length < target.buffers) offsets = new long[target.sizes.length];
        offsets[0] = 0;
        for (int i = 1; i < target.buffers; i++) offsets[i] = offsets[i - 1] + ColumnOutput.padded(target.sizes[i - 1]);
        long body = target.size();
        int head = buildHeader(dictionary, target, rows.rows, offsets, target.sizes, body);
        int at = reserve(head + body, src);
        fill(columns, src, rows, target, BufferAddress.of(block) + at + head);
        finish(at, head, body);
    }

    private static void fill(Column[] columns, Batch src, Selection rows, ColumnOutput target, long address) {
        target.place(address);
        for (Column column : columns) {
            target.begin(column);
            target.copy(column, src, rows);
        }
    }

    private void writeCompressed(
            Column[] columns, Batch src, Selection rows, ColumnOutput target, DictionaryColumns dictionary) {
        ByteBuffer plain = scratch.take(checkedSize(target.size(), src));
        try {
            fill(columns, src, rows, target, BufferAddress.of(plain));
            if (offsets.length < target.buffers) offsets = new long[target.sizes.length];
            long[] lengths = new long[target.buffers];
            long room = 0;
            for (int i = 0; i < target.buffers; i++) {
                room += ColumnOutput.padded(codec.maxLength((int) target.sizes[i])) + 8;
            }
            // The header is as large for any body but an empty one.
            int head = buildHeader(dictionary, target, rows.rows, offsets, lengths, target.size());
            int at = reserve(head + room, src);
            long body = compress(plain, target, at + head, offsets, lengths);
            buildHeader(dictionary, target, rows.rows, offsets, lengths, body);
            finish(at, head, body);
        } finally {
            scratch.give(plain);
        }
    }

    /** Compresses each buffer into the block, and returns the bytes that they take. */
    private long compress(ByteBuffer plain, ColumnOutput target, int at, long[] offsets, long[] lengths) {
        int from = 0;
        int to = at;
        for (int i = 0; i < target.buffers; i++) {
            int size = (int) target.sizes[i];
            ByteBuffer dst = block.duplicate().position(to);
            codec.compress(plain.slice(from, size), dst);
            offsets[i] = to - at;
            lengths[i] = dst.position() - to;
            to = at + (int) ColumnOutput.padded(dst.position() - at);
            while (dst.position() < to) dst.put((byte) 0);
            from += (int) ColumnOutput.padded(size);
        }
        return to - at;
    }

    private int buildHeader(
            DictionaryColumns dictionary, ColumnOutput target, long rows, long[] offsets, long[] lengths, long body) {
        return dictionary == null
                ? header.build(target, rows, offsets, lengths, body)
                : header.buildDictionary(dictionary.id, target, rows, offsets, lengths, body);
    }

    /** Finds room for a message, and returns where in the block it is. */
    private int reserve(long size, Batch src) {
        int needed = checkedSize(size, src);
        if (block == null || block.capacity() - block.position() < needed) {
            block = scratch.take(Math.max(needed, BLOCK));
            blocks.add(block);
        }
        return block.position();
    }

    private static int checkedSize(long size, Batch src) {
        if (size <= Integer.MAX_VALUE - 64) return (int) size;
        throw new IllegalArgumentException(
                "a single row of " + src.rows + " takes " + size + " bytes: a row may have up to 2 GiB");
    }

    private void finish(int at, int head, long body) {
        header.writeTo(block, at);
        int end = at + head + (int) body;
        written.add(block.slice(at, end - at));
        block.position(end);
    }

    @Override
    public void close() {
        blocks.forEach(scratch::give);
        blocks.clear();
        block = null;
    }
}
