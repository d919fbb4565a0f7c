package io.partd.tablesaw;

import java.util.Arrays;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;

/**
 * Numbers the different texts of a vector in the order in which they come, by their bytes in memory: a hash table that
 * makes no objects.
 */
final class TextGroups {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    /** By hash: the number of a text and 1, or 0. */
    private int[] slots = new int[1 << 10];

    private int shift = 64 - 10;
    int count;
    /** By number: the text's bytes, or a hash of them if they are more than 8. */
    private long[] words = new long[1 << 9];

    long[] addresses = new long[1 << 9];
    int[] lengths = new int[1 << 9];
    int[] firstRows = new int[1 << 9];

    /** The number of a text. */
    int number(long address, int length, int row) {
        long word = word(address, length);
        int slot = slot(word, length);
        while (true) {
            int number = slots[slot] - 1;
            if (number < 0) return add(slot, word, address, length, row);
            if (words[number] == word && lengths[number] == length && (length <= 8 || same(number, address))) {
                return number;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    private int slot(long word, int length) {
        return (int) ((word + length) * MULTIPLIER >>> shift);
    }

    private int add(int slot, long word, long address, int length, int row) {
        if (count == words.length) grow();
        int number = count++;
        slots[slot] = number + 1;
        words[number] = word;
        addresses[number] = address;
        lengths[number] = length;
        firstRows[number] = row;
        if (count > slots.length / 2) rehash();
        return number;
    }

    private void grow() {
        int size = count * 2;
        words = Arrays.copyOf(words, size);
        addresses = Arrays.copyOf(addresses, size);
        lengths = Arrays.copyOf(lengths, size);
        firstRows = Arrays.copyOf(firstRows, size);
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        shift--;
        for (int number = 0; number < count; number++) {
            int slot = slot(words[number], lengths[number]);
            while (slots[slot] != 0) slot = slot + 1 & slots.length - 1;
            slots[slot] = number + 1;
        }
    }

    private boolean same(int number, long address) {
        long other = addresses[number];
        int length = lengths[number];
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (getLong(address + i) != getLong(other + i)) return false;
        }
        return getLong(address + length - 8) == getLong(other + length - 8);
    }

    private static long word(long address, int length) {
        if (length <= 8) return few(address, length);
        long hash = length;
        int i = 0;
        for (; i + 8 < length; i += 8) hash = mix(hash ^ getLong(address + i));
        return mix(hash ^ getLong(address + length - 8));
    }

    private static long mix(long hash) {
        long product = hash * MULTIPLIER;
        return product ^ product >>> 32;
    }

    /** Up to 8 bytes: what differs in equal lengths differs here. */
    private static long few(long address, int length) {
        if (length == 8) return getLong(address);
        if (length >= 4) return getInt(address) & 0xffff_ffffL | (long) getInt(address + length - 4) << 32;
        if (length == 0) return 0;
        int middle = getByte(address + length / 2) & 0xff;
        return getByte(address) & 0xff | middle << 8 | (getByte(address + length - 1) & 0xff) << 16;
    }
}
