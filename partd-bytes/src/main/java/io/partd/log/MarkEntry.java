package io.partd.log;

import io.partd.marks.Mark;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.UUID;

/**
 * A mark as bytes, the same in a record's directory and in an index: 60 bytes, and then a bit for each head. Nothing in
 * them is believed unchecked.
 */
final class MarkEntry {
    /** The flag of an entry that is a mark. */
    static final int MARK = 2;

    private static final int SIZE = 60;

    private MarkEntry() {}

    private static int bitBytes(Mark mark) {
        return (mark.written().length() + 7) / 8;
    }

    static long size(Mark mark) {
        return SIZE + bitBytes(mark);
    }

    /** Puts the mark there; gives the place behind it. */
    static int write(ByteBuffer dst, int at, Mark mark) {
        int bits = bitBytes(mark);
        dst.putShort(at, (short) 0);
        dst.putShort(at + 2, (short) MARK);
        dst.putInt(at + 4, bits);
        dst.putLong(at + 8, mark.owner().getMostSignificantBits());
        dst.putLong(at + 16, mark.owner().getLeastSignificantBits());
        dst.putLong(at + 24, mark.number());
        dst.putLong(at + 32, mark.settled());
        dst.putLong(at + 40, mark.length());
        dst.putLong(at + 48, mark.stamp());
        dst.putInt(at + 56, mark.checksum());
        dst.put(at + SIZE, mark.written().toByteArray());
        return at + SIZE + bits;
    }

    /** Where the mark ends that begins at {@code at}, or -1 where there is none that may end before {@code limit}. */
    static int end(ByteBuffer src, int at, int limit) {
        if (limit - at < SIZE || src.getShort(at) != 0 || src.getShort(at + 2) != MARK) return -1;
        int bits = src.getInt(at + 4);
        long stamp = src.getLong(at + 48);
        boolean possible = bits >= 0
                && bits <= limit - at - SIZE
                && stamp <= RecordHeader.MAX_STAMP
                && Mark.isPossible(src.getLong(at + 24), src.getLong(at + 32), src.getLong(at + 40), stamp);
        return possible ? at + SIZE + bits : -1;
    }

    /** The mark that begins there, and of which {@link #end} knows the end; with the record's stamp if it has none. */
    static Mark read(ByteBuffer src, int at, long recordStamp) {
        long stamp = src.getLong(at + 48);
        return new Mark(
                new UUID(src.getLong(at + 8), src.getLong(at + 16)),
                src.getLong(at + 24),
                src.getLong(at + 32),
                src.getLong(at + 40),
                src.getInt(at + 56),
                BitSet.valueOf(src.slice(at + SIZE, src.getInt(at + 4))),
                stamp == 0 ? recordStamp : stamp);
    }
}
