package io.partd.arrow.partition;

/** Numbers different longs. */
final class LongGroups extends GroupTable {
    /** The number of a value. */
    int number(long value) {
        for (int slot = slot(value); ; slot = nextSlot(slot)) {
            int group = slots[slot] - 1;
            if (group < 0) return add(slot, value);
            if (words[group] == value) return group;
        }
    }
}
