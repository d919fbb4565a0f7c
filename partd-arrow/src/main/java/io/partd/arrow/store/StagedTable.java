package io.partd.arrow.store;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Selection;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.partition.RowsByPart;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A table that waits in memory to be written: a copy of its rows, in which those of a key lie together as a run. */
final class StagedTable implements AutoCloseable {
    /**
     * What is counted beside the buffers: for a row the number of its key while it is merged, or for a run its place.
     */
    private static final long BYTES_PER_ROW = 4;

    private static final long BYTES_PER_RUN = 12;
    private static final long BYTES_PER_TABLE = 1024;

    final TableSchema table;
    final Batch batch;
    final long bytes;
    private final BatchCopy copy;
    /** By run: the number of its key, in ascending order, and where its rows begin and end. */
    private final int[] keys;

    private final int[] starts;
    private final int[] ends;
    private int runs;

    private StagedTable(BatchCopy copy, int[] keys, int[] ends) {
        this.copy = copy;
        this.table = copy.table;
        this.batch = copy.batch;
        this.keys = keys;
        this.ends = ends;
        this.runs = keys.length;
        this.starts = new int[runs];
        for (int run = 1; run < runs; run++) starts[run] = ends[run - 1];
        long places = Math.max(BYTES_PER_ROW * batch.rows, BYTES_PER_RUN * keys.length);
        this.bytes = copy.bytes + places + BYTES_PER_TABLE;
    }

    /** A copy of a table whose rows are all of one key. */
    static StagedTable ofKey(int key, TableSchema table, Batch batch, BufferAllocator allocator) {
        BatchCopy copy = BatchCopy.of(table, List.of(batch), List.of(Selection.range(0, batch.rows)), allocator);
        return new StagedTable(copy, new int[] {key}, new int[] {batch.rows});
    }

    /**
     * A copy of a table in the order of its keys, so that those of all keys are read from front to back when they are
     * written.
     *
     * @param rowKeys the number of each row's key
     * @param count how many keys there are
     */
    static StagedTable sorted(TableSchema table, Batch batch, int[] rowKeys, int count, BufferAllocator allocator) {
        int[] order = new RowsByPart(rowKeys, count).order();
        BatchCopy copy =
                BatchCopy.of(table, List.of(batch), List.of(Selection.rows(order, 0, order.length)), allocator);
        int[] keys = new int[16];
        int[] ends = new int[16];
        int runs = 0;
        for (int i = 0; i < order.length; i++) {
            int key = rowKeys[order[i]];
            if (runs == keys.length) {
                keys = Arrays.copyOf(keys, runs * 2);
                ends = Arrays.copyOf(ends, runs * 2);
            }
            if (runs == 0 || keys[runs - 1] != key) keys[runs++] = key;
            ends[runs - 1] = i + 1;
        }
        return new StagedTable(copy, Arrays.copyOf(keys, runs), Arrays.copyOf(ends, runs));
    }

    int runs() {
        return runs;
    }

    int key(int run) {
        return keys[run];
    }

    /** The first run of a key whose number is not smaller. */
    int firstRun(int key) {
        int found = Arrays.binarySearch(keys, 0, runs, key);
        return found < 0 ? -found - 1 : found;
    }

    /** The rows of a run. */
    Selection rows(int run) {
        return Selection.range(starts[run], length(run));
    }

    int length(int run) {
        return ends[run] - starts[run];
    }

    /** The rows of runs, from one to before another. */
    Selection rows(int from, int to) {
        if (runs == keys.length) return Selection.range(starts[from], ends[to - 1] - starts[from]);
        int[] first = new int[to - from];
        int[] lengths = new int[to - from];
        int count = 0;
        long rows = 0;
        for (int run = from; run < to; run++) {
            boolean follows = count > 0 && first[count - 1] + lengths[count - 1] == starts[run];
            if (!follows) first[count++] = starts[run];
            lengths[count - 1] += length(run);
            rows += length(run);
        }
        return Selection.runs(first, lengths, count, rows, false);
    }

    /** Leaves out the runs of some keys, without any memory: nothing may keep what was written from being left out. */
    void remove(BitSet gone) {
        int left = 0;
        for (int run = 0; run < runs; run++) {
            if (gone.get(keys[run])) continue;
            keys[left] = keys[run];
            starts[left] = starts[run];
            ends[left++] = ends[run];
        }
        runs = left;
    }

    /** Whether most of the copy is of no use any more. */
    boolean isSparse() {
        long rows = 0;
        for (int run = 0; run < runs; run++) rows += length(run);
        return rows <= batch.rows / 2;
    }

    /** A copy of what is left. */
    StagedTable compacted(BufferAllocator allocator) {
        BatchCopy rest = BatchCopy.of(table, List.of(batch), List.of(rows(0, runs)), allocator);
        int[] newEnds = new int[runs];
        int at = 0;
        for (int run = 0; run < runs; run++) {
            at += length(run);
            newEnds[run] = at;
        }
        return new StagedTable(rest, Arrays.copyOf(keys, runs), newEnds);
    }

    @Override
    public void close() {
        copy.close();
    }
}
