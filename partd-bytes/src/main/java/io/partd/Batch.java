package io.partd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one record is to hold: checked keys and values, heads first, and the sizes that they take. */
final class Batch {
    /** One key and its value; the value of a delete is empty. */
    record Entry(String key, int keyLength, boolean head, Bytes value) {}

    final int kind;
    final List<Entry> entries;
    private long directoryBytes;
    private long payloadBytes;

    private Batch(int kind, int capacity) {
        this.kind = kind;
        this.entries = new ArrayList<>(capacity);
    }

    static Batch append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        Batch batch = new Batch(RecordHeader.APPEND, values.size() + heads.size());
        heads.forEach((key, value) -> batch.add(key, true, value));
        values.forEach((key, value) -> batch.add(key, false, value));
        return batch.checkSize();
    }

    static Batch delete(Collection<String> keys) {
        Batch batch = new Batch(RecordHeader.DELETE, keys.size());
        for (String key : keys) batch.add(key, false, Bytes.EMPTY);
        return batch.checkSize();
    }

    /** This batch without the heads of other keys than these. */
    Batch withHeadsOf(Set<String> keys) {
        Batch batch = new Batch(kind, entries.size());
        for (Entry entry : entries) {
            if (!entry.head() || keys.contains(entry.key())) batch.add(entry);
        }
        return batch.checkSize();
    }

    private void add(String key, boolean head, Bytes value) {
        int keyLength = KeyCheck.utf8Length(key);
        if (value == null) throw new NullPointerException("the value for key " + key + " is null");
        add(new Entry(key, keyLength, head, value));
    }

    private void add(Entry entry) {
        entries.add(entry);
        directoryBytes += DirectoryEntry.size(entry.value().size(), entry.keyLength());
        payloadBytes += Format.align(entry.value().size());
    }

    private Batch checkSize() {
        if (directoryBytes > Format.MAX_DIRECTORY) {
            throw new IllegalArgumentException("the keys and checksums of one append take " + directoryBytes
                    + " bytes, and at most " + Format.MAX_DIRECTORY + " fit: split it into several appends");
        }
        directoryBytes = Format.align(directoryBytes);
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
