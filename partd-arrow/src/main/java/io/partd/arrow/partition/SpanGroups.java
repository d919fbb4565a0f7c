package io.partd.arrow.partition;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;

/** Numbers different runs of bytes. It keeps where the first of each lies: the memory must stay while it is in use. */
public final class SpanGroups extends GroupTable {
    /** Shorter values are compared by their words alone. */
    private static final int LONG = 8;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** Where the bytes of each group lie, and how many they are. */
    long[] addresses = new long[words.length];

    int[] lengths = new int[words.length];

    /** The number of a value. */
    public int number(long address, int length) {
        long word = length < LONG ? word(address, length) : hash(address, length);
        for (int slot = slot(word); ; slot = nextSlot(slot)) {
            int group = slots[slot] - 1;
            if (group < 0) return add(slot, word, address, length);
            boolean candidate = words[group] == word && lengths[group] == length;
            if (candidate && (length < LONG || same(addresses[group], address, length))) return group;
        }
    }

    /** How many values there are. */
    public int count() {
        return count;
    }

    /** Where the bytes of the value of a number lie. */
    public long address(int number) {
        return addresses[number];
    }

    public int length(int number) {
        return lengths[number];
    }

    private int add(int slot, long word, long address, int length) {
        int group = add(slot, word);
        addresses[group] = address;
        lengths[group] = length;
        return group;
    }

    @Override
    void grow(int groups) {
        super.grow(groups);
        addresses = Arrays.copyOf(addresses, groups);
        lengths = Arrays.copyOf(lengths, groups);
    }

    /** All of up to 7 bytes, in a long: no other value of the same length has the same. */
    private static long word(long address, int length) {
        if (length >= 4) {
            return MemoryUtil.getInt(address) & 0xffff_ffffL | (long) MemoryUtil.getInt(address + length - 4) << 32;
        }
        if (length == 0) return 0;
        int first = MemoryUtil.getByte(address);
        int middle = MemoryUtil.getByte(address + (length >> 1));
        int last = MemoryUtil.getByte(address + length - 1);
        return first & 0xff | (middle & 0xff) << 8 | (last & 0xff) << 16;
    }

    private static long hash(long address, int length) {
        long h = SEED ^ length;
        for (int i = 0; i + LONG <= length; i += LONG) h = mix(h, MemoryUtil.getLong(address + i));
        return mix(h, MemoryUtil.getLong(address + length - LONG));
    }

    private static long mix(long h, long word) {
        long mixed = (h ^ word) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    private static boolean same(long a, long b, int length) {
        for (int i = 0; i + LONG <= length; i += LONG) {
            if (MemoryUtil.getLong(a + i) != MemoryUtil.getLong(b + i)) return false;
        }
        int tail = length - LONG;
        return MemoryUtil.getLong(a + tail) == MemoryUtil.getLong(b + tail);
    }
}
