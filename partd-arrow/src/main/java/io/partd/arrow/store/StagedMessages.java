package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Selection;
import io.partd.arrow.column.TooLargeException;
import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.ipc.PieceWriter;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.partition.RowsByPart;
import io.partd.arrow.store.StreamStore.PendingAppend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * The messages of staged keys: all rows of a key as one batch, or as several where that is not possible. To that end
 * the tables of a schema are merged, some keys at a time. A key whose messages cannot be made leaves the others as they
 * are. For one thread at a time.
 */
final class StagedMessages implements AutoCloseable {
    /** About so many bytes are merged at a time: less memory, and what was merged is still in the cache. */
    private static final long MERGED = 16 << 20;
    /** With so many bytes the other keys are left to the next messages. */
    private static final long MAX_BYTES = 256 << 20;

    /** How many tables of each schema there were: what was staged later is not among the messages. */
    final Map<TableSchema, Integer> tables;

    private final StageKeys keys;
    private final Set<Integer> without;
    private final BufferAllocator allocator;
    private final PieceWriter writer;
    private final Map<Integer, PendingAppend> ready = new LinkedHashMap<>();
    private final Map<Integer, Throwable> failures = new HashMap<>();
    private final long maxBytes;
    private long bytes;
    private boolean full;
    private boolean shortOfMemory;

    private StagedMessages(
            StagedTables staged,
            StageKeys keys,
            Set<Integer> without,
            PieceWriter writer,
            BufferAllocator allocator,
            long maxBytes) {
        this.tables = staged.counts();
        this.keys = keys;
        this.without = without;
        this.writer = writer;
        this.allocator = allocator;
        this.maxBytes = maxBytes;
    }

    /** The messages of the keys of tables, without some keys, and without those that are too many for one append. */
    static StagedMessages of(
            StagedTables staged,
            StageKeys keys,
            Set<Integer> without,
            ScratchPool scratch,
            BufferCodec codec,
            BufferAllocator allocator) {
        for (long most = MAX_BYTES; ; ) {
            PieceWriter writer = new PieceWriter(scratch, codec);
            StagedMessages messages = new StagedMessages(staged, keys, without, writer, allocator, most);
            messages.addAll(staged);
            if (!messages.shortOfMemory || messages.ready.size() < 2) return messages;
            // The store below needs memory, too, to append them: half of what there is.
            most = messages.bytes / 2;
            messages.close();
            scratch.clear();
        }
    }

    private void addAll(StagedTables staged) {
        boolean done = false;
        try {
            for (List<StagedTable> group : staged.groups()) addGroup(group);
            done = true;
        } finally {
            if (!done) close();
        }
    }

    /** By the number of the key: what is appended to it. Valid until this is closed. */
    Map<Integer, PendingAppend> ready() {
        return ready;
    }

    /** By the number of the key: why its messages could not be made. */
    Map<Integer, Throwable> failures() {
        return failures;
    }

    private void addGroup(List<StagedTable> group) {
        int[] rows = new int[keys.count()];
        long size = 0;
        long total = 0;
        for (StagedTable each : group) {
            size += each.bytes;
            total += each.batch.rows;
            for (int run = 0; run < each.runs(); run++) rows[each.key(run)] += each.length(run);
        }
        long most = Math.max(1, MERGED * total / size);
        int to = 0;
        while (to < rows.length && !full) {
            int from = to;
            long some = 0;
            while (to < rows.length && (some == 0 || some + rows[to] <= most)) some += rows[to++];
            if (some > 0) addKeys(group, from, to);
        }
    }

    /** Adds the keys from one number to before another. */
    private void addKeys(List<StagedTable> group, int from, int to) {
        List<StagedTable> parts = new ArrayList<>();
        for (StagedTable each : group) {
            if (each.firstRun(from) < each.firstRun(to)) parts.add(each);
        }
        if (parts.size() == 1) addRuns(parts.get(0), from, to);
        if (parts.size() < 2) return;
        BatchCopy merged = merge(parts, from, to);
        if (merged != null) {
            try (merged) {
                new RowsByPart(rowKeys(parts, from, to, merged.batch.rows), to - from)
                        .forEach((key, rows) -> add(from + key, merged.table, merged.batch, rows));
            }
        } else if (to - from > 1) {
            int middle = (from + to) >>> 1;
            addKeys(parts, from, middle);
            addKeys(parts, middle, to);
        } else {
            int middle = parts.size() / 2;
            addKeys(parts.subList(0, middle), from, to);
            addKeys(parts.subList(middle, parts.size()), from, to);
        }
    }

    private void addRuns(StagedTable part, int from, int to) {
        int end = part.firstRun(to);
        for (int run = part.firstRun(from); run < end; run++) {
            add(part.key(run), part.table, part.batch, part.rows(run));
        }
    }

    /** The rows of some keys as one batch, or null where that cannot hold them, or memory is short. */
    private BatchCopy merge(List<StagedTable> parts, int from, int to) {
        List<Batch> batches = new ArrayList<>();
        List<Selection> rows = new ArrayList<>();
        for (StagedTable part : parts) {
            batches.add(part.batch);
            rows.add(part.rows(part.firstRun(from), part.firstRun(to)));
        }
        try {
            return BatchCopy.of(parts.get(0).table, batches, rows, allocator);
        } catch (TooLargeException | OutOfMemoryException | OutOfMemoryError e) {
            return null; // Fewer keys, or the rows as they came, are written instead.
        }
    }

    /** The number of each merged row's key, counted from the first key. */
    private static int[] rowKeys(List<StagedTable> parts, int from, int to, int count) {
        int[] rowKeys = new int[count];
        int at = 0;
        for (StagedTable part : parts) {
            int end = part.firstRun(to);
            for (int run = part.firstRun(from); run < end; run++) {
                for (int i = part.length(run); i > 0; i--) rowKeys[at++] = part.key(run) - from;
            }
        }
        return rowKeys;
    }

    private void add(int key, TableSchema table, Batch batch, Selection rows) {
        PendingAppend begun = ready.get(key);
        if (without.contains(key) || failures.containsKey(key) || full && begun == null) return;
        try {
            Bytes more = writer.write(table, table, batch, rows, keys.key(key));
            Bytes all =
                    begun == null ? more : Bytes.concat(List.of(begun.messages().apply(null, null), more));
            ready.put(key, new PendingAppend(table, (name, ids) -> all));
            bytes += more.size();
            full |= bytes >= maxBytes;
        } catch (RuntimeException e) {
            ready.remove(key);
            failures.put(key, e);
        } catch (OutOfMemoryError e) {
            ready.remove(key);
            shortOfMemory = true;
            // Once the others are written, there is the memory that their messages take.
            if (ready.isEmpty()) failures.put(key, e);
            else full = true;
        }
    }

    /** Releases the messages. */
    @Override
    public void close() {
        writer.close();
    }
}
