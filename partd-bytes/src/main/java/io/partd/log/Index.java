package io.partd.log;

import io.partd.marks.Mark;
import io.partd.marks.MarkBook;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which chunks a key has: a hash table of {@link ChunkList}s by the keys' UTF-8 bytes, with linear probing. Records may
 * come in any order: a delete removes what has a smaller stamp also when that comes later. Guarded by the catalog's
 * lock.
 */
final class Index {
    final LargeChunks longChunks = new LargeChunks();
    /** What the records say of who appended. */
    final MarkBook marks = new MarkBook();

    private ChunkList[] table = new ChunkList[64];
    private int used;
    private int present;
    private long valueBytes;
    private long lastStamp;
    private long removals;
    /** How many removals there were when the keys that are gone were last forgotten. */
    private long settled;

    /** Adds a chunk to the key that lies in the buffer. */
    void add(ByteBuffer src, int keyAt, int keyLength, long stamp, int segment, long offset, long length, long check) {
        add(find(src, keyAt, keyLength), stamp, segment, offset, length, check);
        addTotals(length, stamp);
    }

    /** Adds a mark of a record with this stamp. */
    void add(Mark mark, long stamp) {
        marks.add(mark);
        addTotals(0, stamp);
    }

    /** Adds a chunk to a list of this index; the totals are the caller's. */
    void add(ChunkList list, long stamp, int segment, long offset, long length, long check) {
        boolean existed = list.exists();
        list.add(stamp, segment, offset, length, check, longChunks);
        if (list.exists() != existed) present++;
    }

    /** Removes what the key that lies in the buffer got before this stamp. */
    void delete(ByteBuffer src, int keyAt, int keyLength, long stamp) {
        delete(find(src, keyAt, keyLength), stamp);
        lastStamp = Math.max(lastStamp, stamp);
    }

    /** Removes what a list of this index got before this stamp. */
    void delete(ChunkList list, long stamp) {
        boolean existed = list.exists();
        list.delete(stamp);
        if (list.exists() != existed) present--;
        removals++;
    }

    /** Whether no key exists. */
    boolean isEmpty() {
        return present == 0;
    }

    /** Whether no key was ever added or deleted, and no mark. */
    boolean isUnused() {
        return used == 0 && marks.owners() == 0;
    }

    /** To be called when all records up to some stamp are in: forgets the keys that are gone, once they are many. */
    void settle() {
        long unsettled = removals - settled;
        if (unsettled < 64 || unsettled < used / 2) return;
        settled = removals;
        used = 0;
        ChunkList[] old = table;
        table = new ChunkList[old.length];
        for (ChunkList list : old) {
            if (list != null && list.exists()) put(list);
        }
    }

    /** Adds what an index covers that had been made before, whose chunks come one by one. */
    void addTotals(long valueBytesMore, long stamp) {
        valueBytes += valueBytesMore;
        lastStamp = Math.max(lastStamp, stamp);
    }

    /** The bytes of all values that were added, those deleted since too. */
    long valueBytes() {
        return valueBytes;
    }

    long lastStamp() {
        return lastStamp;
    }

    /** How often something was deleted from some key. */
    long removals() {
        return removals;
    }

    /** The chunks of the key, or null where there never were any. */
    ChunkList get(String key) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        return table[slot(ByteBuffer.wrap(utf8), 0, utf8.length, hash(ByteBuffer.wrap(utf8), 0, utf8.length))];
    }

    /** The chunks of the key that lies in the buffer; it is added where it is missing. */
    ChunkList find(ByteBuffer src, int keyAt, int keyLength) {
        int hash = hash(src, keyAt, keyLength);
        int slot = slot(src, keyAt, keyLength, hash);
        if (table[slot] != null) return table[slot];
        if (2 * used >= table.length) {
            grow();
            slot = slot(src, keyAt, keyLength, hash);
        }
        byte[] key = new byte[keyLength];
        src.get(keyAt, key);
        used++;
        return table[slot] = new ChunkList(key, hash);
    }

    private int slot(ByteBuffer src, int keyAt, int keyLength, int hash) {
        int mask = table.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            ChunkList list = table[slot];
            if (list == null || list.hash == hash && isKey(list.key, src, keyAt, keyLength)) return slot;
        }
    }

    private static boolean isKey(byte[] key, ByteBuffer src, int keyAt, int keyLength) {
        if (key.length != keyLength) return false;
        for (int i = 0; i < keyLength; i++) {
            if (key[i] != src.get(keyAt + i)) return false;
        }
        return true;
    }

    private static int hash(ByteBuffer src, int keyAt, int keyLength) {
        int hash = 0;
        for (int i = 0; i < keyLength; i++) hash = 31 * hash + src.get(keyAt + i);
        hash *= 0x9e3779b9; // 2^32 over the golden ratio (Knuth, TAOCP 6.4): spreads what keys that differ at the end
        // have in common
        return hash ^ hash >>> 15;
    }

    private void grow() {
        ChunkList[] old = table;
        table = new ChunkList[old.length * 2];
        used = 0;
        for (ChunkList list : old) {
            if (list != null) put(list);
        }
    }

    /** Puts a list there whose key is not in the table. */
    private void put(ChunkList list) {
        int slot = list.hash & table.length - 1;
        while (table[slot] != null) slot = slot + 1 & table.length - 1;
        table[slot] = list;
        used++;
    }

    /** Calls with the chunks of each key that exists or was deleted, in no order. */
    void forEach(Consumer<ChunkList> action) {
        for (ChunkList list : table) {
            if (list != null) action.accept(list);
        }
    }

    SortedSet<String> keys() {
        List<String> keys = new ArrayList<>();
        forEach(list -> {
            if (list.exists()) keys.add(new String(list.key, StandardCharsets.UTF_8));
        });
        return new TreeSet<>(keys);
    }

    /** The chunks of each key that exists. */
    SortedMap<String, ChunkList.View> views() {
        SortedMap<String, ChunkList.View> views = new TreeMap<>();
        forEach(list -> {
            if (list.exists()) views.put(new String(list.key, StandardCharsets.UTF_8), list.view());
        });
        return views;
    }
}
