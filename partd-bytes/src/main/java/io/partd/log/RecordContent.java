package io.partd.log;

import io.partd.base.KeyCheck;
import io.partd.base.Piece;
import io.partd.marks.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What one record is to hold: checked keys and values, heads first, and the sizes that they take. */
public final class RecordContent {
    /** One key and the pieces of its value, {@code size} bytes in all; the value of a delete is empty. */
    record Entry(String key, int keyLength, boolean head, Piece[] pieces, long size) {}

    private static final int MARKS = 1000;
    private static final Piece[] NONE = {};

    final int kind;
    final List<Entry> entries;
    final List<Mark> marks;
    private boolean hasHeads;
    private long directoryBytes;
    private long payloadBytes;

    private RecordContent(int kind, int capacity, List<Mark> marks) {
        this.kind = kind;
        this.entries = new ArrayList<>(capacity);
        this.marks = marks;
        for (Mark mark : marks) directoryBytes += MarkEntry.size(mark);
    }

    /** An append of about so many entries, which are added next, with marks, none of whose heads is written yet. */
    public static RecordContent append(int capacity, List<Mark> marks) {
        return new RecordContent(RecordHeader.APPEND, capacity, marks);
    }

    /** Appends of nothing but marks, as many as are written together. */
    public static List<RecordContent> ofMarks(List<Mark> marks) {
        List<RecordContent> batches = new ArrayList<>();
        for (int from = 0; from < marks.size(); from += MARKS) {
            List<Mark> some = marks.subList(from, Math.min(marks.size(), from + MARKS));
            batches.add(append(0, some).checkSize());
        }
        return batches;
    }

    public static RecordContent delete(Collection<String> keys) {
        RecordContent batch = new RecordContent(RecordHeader.DELETE, keys.size(), List.of());
        for (String key : keys) batch.add(key, false, NONE, 0);
        return batch.checkSize();
    }

    /** This batch without the heads of other keys than these; its marks say so. */
    public RecordContent withHeadsOf(Set<String> keys) {
        if (!hasHeads) return this;
        RecordContent batch = new RecordContent(kind, entries.size(), marksWithHeadsOf(keys));
        for (Entry entry : entries) {
            if (!entry.head() || keys.contains(entry.key())) batch.add(entry);
        }
        return batch.checkSize();
    }

    private List<Mark> marksWithHeadsOf(Set<String> keys) {
        if (marks.isEmpty() || keys.isEmpty()) return marks;
        List<String> heads =
                entries.stream().filter(Entry::head).map(Entry::key).toList();
        return marks.stream().map(mark -> mark.with(heads, keys)).toList();
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return entries.isEmpty() && marks.isEmpty();
    }

    /** The number of entries in the directory. */
    int directoryEntries() {
        return entries.size() + marks.size();
    }

    /** Adds a key, which is checked, and its value: the pieces, {@code size} bytes in all. */
    public void add(String key, boolean head, Piece[] pieces, long size) {
        add(new Entry(key, KeyCheck.utf8Length(key), head, pieces, size));
    }

    private void add(Entry entry) {
        entries.add(entry);
        hasHeads |= entry.head();
        directoryBytes += DirectoryEntry.size(entry.size(), entry.keyLength());
        payloadBytes += SegmentFormat.align(entry.size());
    }

    /** To be called when all is added: this, if it is not too large. */
    public RecordContent checkSize() {
        if (directoryBytes > SegmentFormat.MAX_DIRECTORY) {
            throw new IllegalArgumentException("the keys and checksums of one append take " + directoryBytes
                    + " bytes, and at most " + SegmentFormat.MAX_DIRECTORY + " fit: split it into several appends");
        }
        directoryBytes = SegmentFormat.align(directoryBytes);
        return this;
    }

    int directoryBytes() {
        return (int) directoryBytes;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long recordBytes() {
        return RecordHeader.SIZE + directoryBytes + payloadBytes;
    }
}
