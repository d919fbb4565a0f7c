package io.partd.arrow.column;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/**
 * Where columns are appended to: first everything is measured, then buffers of just that size are placed, then
 * everything is copied. Numbered by the columns' output nodes. For one thread.
 */
public final class ColumnOutput {
    /** By node: rows, nulls, and bytes or other units of variable size, as measured. */
    public final long[] rows;

    public final long[] nulls;
    final long[] bytes;
    /** By node: what is copied so far. */
    final long[] rowsDone;

    final long[] bytesDone;
    /** By node: the sizes of its data buffers, where it has views. */
    public final long[][] dataSizes;
    /** By buffer, once {@link #layOut} was called; there is room for more. */
    public long[] sizes = new long[16];

    public long[] addresses = new long[16];
    public int buffers;

    public final int[] firstBuffer;
    /**
     * By dictionary: which of its entries are used, where dictionaries are kept. Shared with the dictionaries' targets.
     */
    public final UsedEntries[] used;

    private final Supplier<String> what;

    /** The name is for errors. */
    public ColumnOutput(int nodes, UsedEntries[] used, Supplier<String> what) {
        this.rows = new long[nodes];
        this.nulls = new long[nodes];
        this.bytes = new long[nodes];
        this.rowsDone = new long[nodes];
        this.bytesDone = new long[nodes];
        this.dataSizes = new long[nodes][];
        this.firstBuffer = new int[nodes];
        this.used = used;
        this.what = what;
    }

    /** A target of columns that keep no dictionaries. */
    public ColumnOutput(int nodes, String what) {
        this(nodes, new UsedEntries[0], () -> what);
    }

    /** Makes it as it was before anything was measured, so that the next rows need no new one. */
    public void reset() {
        for (long[] each : List.of(rows, nulls, bytes, rowsDone, bytesDone)) Arrays.fill(each, 0);
        Arrays.fill(dataSizes, null);
        buffers = 0;
    }

    /** Adds what rows of a column need. */
    public void measure(Column column, Batch src, Selection rows) {
        column.measure(src, rows, this);
    }

    /** Fixes the buffers' sizes, after everything was measured. */
    public void layOut(Column[] columns) {
        for (Column column : columns) column.layOut(this);
        fix();
    }

    /** No buffers are added after this. */
    public void fix() {
        if (addresses.length < buffers) addresses = new long[sizes.length];
    }

    /** The bytes that all buffers take, each begun at a multiple of 8. */
    public long size() {
        long size = 0;
        for (int i = 0; i < buffers; i++) size += padded(sizes[i]);
        return size;
    }

    public static long padded(long size) {
        return (size + 7) & -8;
    }

    /** Places the buffers one after the other, with zeros between them. */
    public void place(long address) {
        long at = address;
        for (int i = 0; i < buffers; i++) {
            addresses[i] = at;
            long end = at + padded(sizes[i]);
            if (sizes[i] > 0) putLong(end - 8, 0);
            at = end;
        }
    }

    /** Writes what a column's buffers begin with, once they have their place. */
    public void begin(Column column) {
        column.begin(this);
    }

    /** Appends rows to a column that was begun. */
    public void copy(Column column, Batch src, Selection rows) {
        column.copy(src, rows, this);
    }

    /** Begins the buffers of a node. */
    void beginNode(Column column) {
        int node = column.out;
        if (rows[node] > Integer.MAX_VALUE - 8) throw tooLarge(column, rows[node] + " values", "a vector can hold");
        firstBuffer[node] = buffers;
    }

    public void addBuffer(long size) {
        if (buffers == sizes.length) sizes = Arrays.copyOf(sizes, buffers * 2);
        sizes[buffers++] = size;
    }

    long address(int node, int buffer) {
        return addresses[firstBuffer[node] + buffer];
    }

    long size(int node, int buffer) {
        return sizes[firstBuffer[node] + buffer];
    }

    TooLargeException tooLarge(Column column, String has, String limit) {
        return new TooLargeException(what.get() + ": column " + column.name() + " has " + has + ", more than " + limit
                + ": read it batch by batch, with reader(key), or stream(key) of tables");
    }
}
