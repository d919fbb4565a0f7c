package io.partd.arrow.column;

import java.util.Arrays;

/** The entries of one dictionary that a piece uses, numbered anew in the order of their first use. For one thread. */
public final class UsedEntries {
    private static final int FREE = -1;

    private final Batch dictionary;
    /** Open addressing: entries, and beside them their new numbers. */
    private int[] table = new int[64];

    private int[] numbers = new int[64];
    private int[] entries = new int[16];
    private int count;

    public UsedEntries(Batch dictionary) {
        this.dictionary = dictionary;
        Arrays.fill(table, FREE);
    }

    public Batch dictionary() {
        return dictionary;
    }

    int count() {
        return count;
    }

    public Selection selection() {
        return Selection.rows(entries, 0, count);
    }

    /** The new number of an entry, which is added if it is not there. */
    int number(int entry) {
        int at = slot(entry);
        if (table[at] == entry) return numbers[at];
        if (count == entries.length) entries = Arrays.copyOf(entries, count * 2);
        entries[count] = entry;
        table[at] = entry;
        numbers[at] = count++;
        if (count * 2 > table.length) grow();
        return count - 1;
    }

    private int slot(int entry) {
        int mask = table.length - 1;
        int at = entry * 0x9E3779B9 >>> 7 & mask;
        while (table[at] != FREE && table[at] != entry) at = at + 1 & mask;
        return at;
    }

    private void grow() {
        table = new int[table.length * 2];
        numbers = new int[table.length];
        Arrays.fill(table, FREE);
        for (int i = 0; i < count; i++) {
            int at = slot(entries[i]);
            table[at] = entries[i];
            numbers[at] = i;
        }
    }
}
