package io.partd.arrow;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** An open-addressing table that numbers different values from 0 on, in the order in which they come. */
abstract class GroupTable {
    /** Another one in every JVM, so that no data can be made to collide everywhere. */
    private static final long SEED = ThreadLocalRandom.current().nextLong() | 1;

    private static final int FIRST_SLOTS = 64;

    /** What each group is found by: its value, or a hash of it. */
    long[] words = new long[FIRST_SLOTS / 2];

    /** The number of groups. */
    int count;

    /** A group's number plus one; 0 is free. At least half of them are. */
    int[] slots = new int[FIRST_SLOTS];

    /** The slot where a search begins. */
    final int slot(long word) {
        long h = (word ^ word >>> 32) * SEED;
        return (int) (h ^ h >>> 29 ^ h >>> 47) & slots.length - 1;
    }

    final int nextSlot(int slot) {
        return slot + 1 & slots.length - 1;
    }

    /** Adds a group in a free slot. */
    final int add(int slot, long word) {
        if (count == words.length) grow(2 * count);
        words[count] = word;
        slots[slot] = ++count;
        if (2 * count > slots.length) rehash();
        return count - 1;
    }

    /** Makes room for so many groups. */
    void grow(int capacity) {
        words = Arrays.copyOf(words, capacity);
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int group = 0; group < count; group++) {
            int slot = slot(words[group]);
            while (slots[slot] != 0) slot = nextSlot(slot);
            slots[slot] = group + 1;
        }
    }
}
