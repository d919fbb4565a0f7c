package io.partd.marks;

import java.util.BitSet;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What is stored with an append of who made it, in the same atomic step, so that it is not made a second time.
 *
 * @param owner who appends
 * @param number which of the owner's appends it is, from 1; 0 where this only says what is settled
 * @param settled that number and all before it are not tried again; {@link #ALL} after a goodbye
 * @param length how many bytes the append came with
 * @param checksum the CRC32C of those bytes
 * @param written which of the append's heads were written, by their places among its heads; not to be changed
 * @param stamp the stamp of the append, or 0 for that of the record that the mark is stored in
 */
public record Mark(UUID owner, long number, long settled, long length, int checksum, BitSet written, long stamp) {
    /** All numbers there are. */
    public static final long ALL = Long.MAX_VALUE;

    private static final BitSet NONE = new BitSet(0);

    /** Checks the numbers. */
    public Mark {
        Objects.requireNonNull(owner, "owner is null");
        Objects.requireNonNull(written, "written is null");
        if (!isPossible(number, settled, length, stamp)) {
            throw new IllegalArgumentException("number " + number + ", settled up to " + settled + ", length " + length
                    + ", stamp " + stamp + ": no mark has these");
        }
    }

    /** Whether a mark may have these numbers. */
    public static boolean isPossible(long number, long settled, long length, long stamp) {
        return settled >= 0 && length >= 0 && stamp >= 0 && (number == 0 || number > settled);
    }

    /** The mark of an append that has not been made yet. */
    public static Mark of(UUID owner, long number, long settled, long length, int checksum) {
        return new Mark(owner, number, settled, length, checksum, NONE, 0);
    }

    /** Says of an owner what is settled, and nothing more. */
    public static Mark settled(UUID owner, long settled, long stamp) {
        return new Mark(owner, 0, settled, 0, 0, NONE, stamp);
    }

    /** Says that the owner tries nothing again. */
    public static Mark goodbye(UUID owner) {
        return settled(owner, ALL, 0);
    }

    /** This mark with another stamp. */
    public Mark at(long newStamp) {
        return new Mark(owner, number, settled, length, checksum, written, newStamp);
    }

    /** This mark, where these of the append's heads were written. An append without heads leaves it as it is. */
    public Mark with(Collection<String> heads, Set<String> headsWritten) {
        if (headsWritten.isEmpty()) return this;
        BitSet places = new BitSet(heads.size());
        int place = 0;
        for (String head : heads) places.set(place++, headsWritten.contains(head));
        return new Mark(owner, number, settled, length, checksum, places, stamp);
    }

    /** Whether the append came with these bytes, to judge by their number and checksum. */
    public boolean isOf(long otherLength, int otherChecksum) {
        return length == otherLength && checksum == otherChecksum;
    }
}
