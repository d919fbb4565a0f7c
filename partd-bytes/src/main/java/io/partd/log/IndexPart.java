package io.partd.log;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;

/**
 * Names a file with the indexes of segments that were committed together, or of some of them.
 *
 * @param name the file's name
 * @param length its size in bytes
 * @param crc the checksum of all of it
 * @param stamp the stamp of all that is in those segments; 0 where each of their records has its own
 */
public record IndexPart(String name, int length, int crc, long stamp) {
    /** The least that one takes in a file. */
    static final int MIN_SIZE = 20;

    /** The same, whose records have this stamp. */
    public IndexPart at(long newStamp) {
        return new IndexPart(name, length, crc, newStamp);
    }

    int size() {
        return MIN_SIZE + name.length();
    }

    void write(ByteBuffer dst) {
        dst.putLong(stamp).putInt(length).putInt(crc);
        CheckedInput.putText(dst, name);
    }

    static IndexPart read(CheckedInput src) {
        long stamp = src.upTo(RecordHeader.MAX_STAMP);
        int length = src.number();
        int crc = src.number();
        String name = src.text();
        if (length < 0 || !SegmentFormat.isIndex(name)) throw src.broken("it names an impossible index");
        return new IndexPart(name, length, crc, stamp);
    }

    /** The content, which was loaded, if it is the right one. */
    public SegmentIndexes decode(ByteBuffer whole, String file) {
        if (whole.limit() != length || SegmentFormat.crc(whole, 0, length) != crc) {
            throw new CorruptPartdException(file, 0, "it is not the index that the manifest names");
        }
        return SegmentIndexes.decode(whole, file);
    }
}
