package io.partd.arrow.partition;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** An open-addressing table that numbers different values from 0 on, in the order in which they come. */
abstract class GroupTable {
    /** Another one in every JVM, so that no data can be made to collide everywhere. */
    static final long SEED = ThreadLocalRandom.current().nextLong() | 1;

    /** Few of the slots are taken, so that a search mostly ends where it begins, and the processor foresees it. */
    private static final int SLOTS_A_GROUP = 4;

    private static final int FIRST_GROUPS = 64;

    /** What each group is found by: its value, or a hash of it. */
    long[] words = new long[FIRST_GROUPS];

    /** The number of groups. */
    int count;

    /** A group's number plus one; 0 is free. */
    int[] slots = new int[FIRST_GROUPS * SLOTS_A_GROUP];

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
        words[count] = word;
        slots[slot] = ++count;
        if (count == words.length) grow(2 * count);
        return count - 1;
    }

    /** Makes room for so many groups. */
    void grow(int groups) {
        words = Arrays.copyOf(words, groups);
        slots = new int[groups * SLOTS_A_GROUP];
        for (int group = 0; group < count; group++) {
            int slot = slot(words[group]);
            while (slots[slot] != 0) slot = nextSlot(slot);
            slots[slot] = group + 1;
        }
    }
}
