package io.partd;

import io.partd.marks.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one record is to hold: checked keys and values, heads first, and the sizes that they take. */
final class RecordContent {
    /** One key and its value; the value of a delete is empty. */
    record Entry(String key, int keyLength, boolean head, Bytes value) {}

    private static final int MARKS = 1000;

    final int kind;
    final List<Entry> entries;
    final List<Mark> marks;
    private long directoryBytes;
    private long payloadBytes;

    private RecordContent(int kind, int capacity, List<Mark> marks) {
        this.kind = kind;
        this.entries = new ArrayList<>(capacity);
        this.marks = marks;
        for (Mark mark : marks) directoryBytes += MarkEntry.size(mark);
    }

    static RecordContent append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return append(values, heads, List.of());
    }

    /** An append with marks, none of whose heads is written yet. */
    static RecordContent append(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        RecordContent batch = new RecordContent(RecordHeader.APPEND, values.size() + heads.size(), marks);
        heads.forEach((key, value) -> batch.add(key, true, value));
        values.forEach((key, value) -> batch.add(key, false, value));
        return batch.checkSize();
    }

    /** Appends of nothing but marks, as many as are written together. */
    static List<RecordContent> ofMarks(List<Mark> marks) {
        List<RecordContent> batches = new ArrayList<>();
        for (int from = 0; from < marks.size(); from += MARKS) {
            List<Mark> some = marks.subList(from, Math.min(marks.size(), from + MARKS));
            batches.add(append(Map.of(), Map.of(), some));
        }
        return batches;
    }

    static RecordContent delete(Collection<String> keys) {
        RecordContent batch = new RecordContent(RecordHeader.DELETE, keys.size(), List.of());
        for (String key : keys) batch.add(key, false, Bytes.EMPTY);
        return batch.checkSize();
    }

    /** This batch without the heads of other keys than these; its marks say so. */
    RecordContent withHeadsOf(Set<String> keys) {
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
    boolean isEmpty() {
        return entries.isEmpty() && marks.isEmpty();
    }

    /** The number of entries in the directory. */
    int directoryEntries() {
        return entries.size() + marks.size();
    }

    private void add(String key, boolean head, Bytes value) {
        int keyLength = KeyCheck.utf8Length(key);
        if (value == null) throw new NullPointerException("the value for key " + key + " is null");
        add(new Entry(key, keyLength, head, value));
    }

    private void add(Entry entry) {
        entries.add(entry);
        directoryBytes += DirectoryEntry.size(entry.value().size(), entry.keyLength());
        payloadBytes += SegmentFormat.align(entry.value().size());
    }

    private RecordContent checkSize() {
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
