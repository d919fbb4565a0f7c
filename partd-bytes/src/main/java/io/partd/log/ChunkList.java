package io.partd.log;

import java.util.Arrays;

/**
 * The chunks of one key in the order of their stamps, three words each: the stamp; the segment's number and the chunk's
 * offset; and its length, with its checksum, or for a chunk of more than one block with the distance of its checksums,
 * which come before it. What does not fit there is a place in {@link LargeChunks}. Guarded by the catalog's lock,
 * except that a {@link View} stays as it is: words once written are not overwritten.
 */
final class ChunkList {
    static final int WORDS = 3;
    private static final int OFFSET_BITS = 42; // of multiples of 8: segments of up to 32 TiB, and 4 million of them
    static final int MAX_SEGMENTS = 1 << 22;
    private static final long DISTANT = 1L << 62;
    private static final int DISTANCE_BITS = 42;
    private static final int LENGTH_BITS = 20;
    private static final long[] NONE = {};

    final byte[] key;
    final int hash;
    /** The stamp of the last delete: whatever is older does not count. */
    private long deleted;

    private long[] words = NONE;
    private int used;
    private boolean sorted = true;

    ChunkList(byte[] key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** The chunks at one moment; immutable. */
    record View(long[] words, int count) {
        static final View EMPTY = new View(NONE, 0);

        int segment(int i) {
            return (int) (words[WORDS * i + 1] >>> OFFSET_BITS);
        }

        long offset(int i) {
            return (words[WORDS * i + 1] & (1L << OFFSET_BITS) - 1) * SegmentFormat.ALIGNMENT;
        }

        long stamp(int i) {
            return words[WORDS * i];
        }

        /** Whether the chunk has one checksum, which is here. */
        boolean isOneBlock(int i) {
            return words[WORDS * i + 2] >>> 62 == 0;
        }

        /** The length of a chunk of one block. */
        int shortLength(int i) {
            return (int) (words[WORDS * i + 2] >>> 32);
        }

        /** The checksum of a chunk of one block. */
        int shortCrc(int i) {
            return (int) words[WORDS * i + 2];
        }

        long length(int i, LargeChunks longChunks) {
            long word = words[WORDS * i + 2];
            if (word < 0) return longChunks.length((int) ~word);
            return word < DISTANT ? word >>> 32 : (word & ~DISTANT) >>> DISTANCE_BITS;
        }

        /** Where in the segment the checksums of a chunk of several blocks begin. */
        long checksAt(int i, LargeChunks longChunks) {
            long word = words[WORDS * i + 2];
            if (word < 0) return longChunks.checksAt((int) ~word);
            return offset(i) - (word & (1L << DISTANCE_BITS) - 1);
        }
    }

    boolean exists() {
        return used > 0;
    }

    void add(long stamp, int segment, long offset, long length, long check, LargeChunks longChunks) {
        if (stamp < deleted) return;
        if (used == words.length) words = Arrays.copyOf(words, used + Math.max(WORDS, used / (4 * WORDS) * WORDS));
        if (used > 0 && stamp < words[used - WORDS]) sorted = false;
        words[used] = stamp;
        words[used + 1] = (long) segment << OFFSET_BITS | offset / SegmentFormat.ALIGNMENT;
        words[used + 2] = word(offset, length, check, longChunks);
        used += WORDS;
    }

    private static long word(long offset, long length, long check, LargeChunks longChunks) {
        if (length <= SegmentFormat.MIN_BLOCK) return length << 32 | check;
        long distance = offset - check;
        boolean fits = length < 1 << LENGTH_BITS && distance < 1L << DISTANCE_BITS;
        return fits ? DISTANT | length << DISTANCE_BITS | distance : ~(long) longChunks.add(length, check);
    }

    void delete(long stamp) {
        deleted = Math.max(deleted, stamp);
        long[] left = new long[used];
        int kept = 0;
        for (int at = 0; at < used; at += WORDS) {
            if (words[at] < stamp) continue;
            System.arraycopy(words, at, left, kept, WORDS);
            kept += WORDS;
        }
        words = kept == 0 ? NONE : left;
        used = kept;
    }

    long deleted() {
        return deleted;
    }

    View view() {
        if (!sorted) {
            words = sort(words, used);
            sorted = true;
        }
        return new View(words, used / WORDS);
    }

    /** A stable merge sort of what is mostly long runs: one for each segment. */
    private static long[] sort(long[] words, int used) {
        long[] from = words;
        while (true) {
            long[] to = new long[used];
            int runs = 0;
            for (int start = 0; start < used; runs++) {
                int middle = runEnd(from, start, used);
                int end = middle < used ? runEnd(from, middle, used) : used;
                merge(from, start, middle, end, to);
                start = end;
            }
            from = to;
            if (runs <= 1) return to;
        }
    }

    private static int runEnd(long[] words, int start, int used) {
        int end = start + WORDS;
        while (end < used && words[end] >= words[end - WORDS]) end += WORDS;
        return end;
    }

    private static void merge(long[] from, int start, int middle, int end, long[] to) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at += WORDS) {
            boolean takeLeft = right >= end || left < middle && from[left] <= from[right];
            System.arraycopy(from, takeLeft ? left : right, to, at, WORDS);
            if (takeLeft) left += WORDS;
            else right += WORDS;
        }
    }
}
