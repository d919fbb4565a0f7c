package io.partd.log;

import java.util.Arrays;

/**
 * Length and place of the checksums of chunks that a word has no room for. Grows only; written under the catalog's
 * lock, read by anyone who got a place from it.
 */
final class LargeChunks {
    private volatile long[] words = new long[16];
    private int used;

    int add(long length, long checksAt) {
        long[] here = words;
        if (used == here.length) here = Arrays.copyOf(here, used * 2);
        here[used] = length;
        here[used + 1] = checksAt;
        words = here;
        used += 2;
        return used / 2 - 1;
    }

    long length(int at) {
        return words[2 * at];
    }

    long checksAt(int at) {
        return words[2 * at + 1];
    }
}
