package io.partd.arrow.store;

import io.partd.arrow.column.Selection;
import io.partd.arrow.ipc.PieceWriter;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.store.StreamStore.PendingAppend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** What one append gives to a stage: copies of its tables, sorted by key, until the stage takes them over. */
final class StageAppend implements AutoCloseable {
    final String by;
    private final List<Stage.Rows> rows;
    private final BufferAllocator allocator;
    private final List<StagedTable> copies = new ArrayList<>();
    /** What the copies' keys are numbered by, or null where there are no copies yet. */
    private StageKeys keys;

    private long bytes;

    StageAppend(List<Stage.Rows> rows, String by, BufferAllocator allocator) {
        this.rows = rows;
        this.by = by;
        this.allocator = allocator;
    }

    /** Makes the copies, unless there are some whose keys have these numbers. */
    void copy(StageKeys now) {
        if (keys == now) return;
        close();
        for (Stage.Rows each : rows) {
            int[] numbers = now.number(each.parts(), by);
            StagedTable copy = each.parts().count == 1
                    ? StagedTable.ofKey(numbers[0], each.table(), each.batch(), allocator)
                    : StagedTable.sorted(each.table(), each.batch(), numbers, now.count(), allocator);
            copies.add(copy);
            bytes += copy.bytes;
        }
        keys = now;
    }

    long bytes() {
        return bytes;
    }

    /** Whether it gives something to a key. */
    boolean has(int key) {
        for (StagedTable copy : copies) {
            int run = copy.firstRun(key);
            if (run < copy.runs() && copy.key(run) == key) return true;
        }
        return false;
    }

    boolean mixes(StagedTables tables) {
        return rows.stream().anyMatch(each -> tables.mixes(each.table()));
    }

    /** Whether all keys are known to take what they are given. */
    boolean isAccepted() {
        for (StagedTable copy : copies) {
            for (int run = 0; run < copy.runs(); run++) {
                TableSchema known = keys.table(copy.key(run));
                if (known == null || !known.accepts(copy.table)) return false;
            }
        }
        return true;
    }

    /**
     * Checks the schemas of keys, and with those that are new to the stage also the partitioner. The store's lock is
     * held.
     *
     * @param partitioner what the stage is known to be partitioned by, or null
     * @return the keys whose schemas were new to the stage, and were noted
     */
    List<Integer> requireAccepted(StreamStore streams, String partitioner) {
        Map<String, TableSchema> given = new HashMap<>();
        List<Integer> unknown = new ArrayList<>();
        for (StagedTable copy : copies) {
            for (int run = 0; run < copy.runs(); run++) {
                int key = copy.key(run);
                TableSchema known = keys.table(key);
                if (known == copy.table) continue;
                given.put(keys.key(key), copy.table);
                if (known == null) unknown.add(key);
                else streams.requireSame(keys.key(key), known, copy.table);
            }
        }
        if (unknown.isEmpty() && (by == null || by.equals(partitioner))) return unknown;
        Map<String, TableSchema> begins = streams.require(given, by);
        for (int key : unknown) keys.setTable(key, begins.get(keys.key(key)));
        return unknown;
    }

    /** Hands over the copies. */
    List<StagedTable> take() {
        List<StagedTable> taken = List.copyOf(copies);
        copies.clear();
        return taken;
    }

    /** The keys and what is appended to them, written from the copies. */
    Map<String, PendingAppend> pieces(PieceWriter writer) {
        Map<String, PendingAppend> pieces = new LinkedHashMap<>();
        for (StagedTable copy : copies) {
            for (int run = 0; run < copy.runs(); run++) {
                Selection some = copy.rows(run);
                pieces.put(
                        keys.key(copy.key(run)),
                        new PendingAppend(
                                copy.table, (key, ids) -> writer.write(copy.table, ids, copy.batch, some, key)));
            }
        }
        return pieces;
    }

    /** Releases the copies that were not handed over. */
    @Override
    public void close() {
        copies.forEach(StagedTable::close);
        copies.clear();
        bytes = 0;
        keys = null;
    }
}
