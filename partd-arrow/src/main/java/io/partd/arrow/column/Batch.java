package io.partd.arrow.column;

import io.partd.CorruptPartdException;
import java.util.Arrays;

/**
 * One record batch as its field nodes and buffers in raw memory, in the order of the IPC format (Arrow columnar format,
 * "Recordbatch message"). Whoever makes it keeps the memory alive.
 */
public final class Batch {
    public final int rows;
    /** By node: how many values it has, and how many of them are null; exact once the columns were checked. */
    public final int[] lengths;

    public final int[] nulls;
    /** By node: its first buffer, and how many data buffers follow its views. */
    final int[] firstBuffer;

    public final int[] dataBuffers;
    /** By node: the dictionary that its values are indices into, or null. */
    public final Batch[] dictionaries;

    /** What holds it, and at which byte, for errors. */
    final String where;

    final long offset;
    private long[] addresses = new long[16];
    private long[] sizes = new long[16];
    private int buffers;
    /** The dictionary that this one extends, or null: indices into that one are indices into this one. */
    private Batch extended;
    /** The column that found this dictionary whole, so that it is not checked for each batch again. */
    private Column checkedBy;

    public Batch(int rows, int nodes, String where, long offset) {
        this.rows = rows;
        this.lengths = new int[nodes];
        this.nulls = new int[nodes];
        this.firstBuffer = new int[nodes];
        this.dataBuffers = new int[nodes];
        this.dictionaries = new Batch[nodes];
        this.where = where;
        this.offset = offset;
    }

    /** Begins a node, whose buffers are added next; a negative number of nulls says that it is not known. */
    public void beginNode(int node, int length, int nullCount, int views) {
        lengths[node] = length;
        nulls[node] = nullCount;
        firstBuffer[node] = buffers;
        dataBuffers[node] = views;
    }

    public void addBuffer(long address, long size) {
        if (buffers == addresses.length) {
            addresses = Arrays.copyOf(addresses, buffers * 2);
            sizes = Arrays.copyOf(sizes, buffers * 2);
        }
        addresses[buffers] = address;
        sizes[buffers++] = size;
    }

    /** Takes another buffer of the same size in the place of one. */
    void replaceBuffer(int node, int buffer, long address) {
        addresses[firstBuffer[node] + buffer] = address;
    }

    /** Leaves a buffer without bytes. */
    void dropBuffer(int node, int buffer) {
        addresses[firstBuffer[node] + buffer] = 0;
        sizes[firstBuffer[node] + buffer] = 0;
    }

    int buffers() {
        return buffers;
    }

    public long address(int node, int buffer) {
        return addresses[firstBuffer[node] + buffer];
    }

    public long size(int node, int buffer) {
        return sizes[firstBuffer[node] + buffer];
    }

    public boolean hasNulls(int node) {
        return nulls[node] > 0;
    }

    /**
     * Checks that a column can be read without leaving its buffers, and counts its nulls.
     *
     * @throws CorruptPartdException if not, naming the column
     */
    public void check(Column column) {
        column.check(this);
    }

    /** Checks a dictionary once for the column that reads it. */
    public void checkOnce(Column column) {
        if (checkedBy == column) return;
        check(column);
        checkedBy = column;
    }

    void extend(Batch dictionary) {
        extended = dictionary;
    }

    boolean isOrExtends(Batch dictionary) {
        Batch each = this;
        while (each != null && each != dictionary) each = each.extended;
        return each != null;
    }

    CorruptPartdException corrupt(String reason) {
        return new CorruptPartdException(where, offset, reason);
    }

    /** An exception that says which column is broken. */
    public CorruptPartdException corrupt(Column column, String reason) {
        return corrupt("column " + column.name() + ": " + reason);
    }

    /** Requires that a buffer has room for what its node's length asks for. */
    void require(Column column, int buffer, String what, long bytes) {
        long size = size(column.in, buffer);
        if (size >= bytes) return;
        throw corrupt(
                column, "its " + what + " has " + size + " bytes, and " + lengths[column.in] + " values need " + bytes);
    }
}
