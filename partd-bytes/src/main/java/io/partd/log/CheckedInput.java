package io.partd.log;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a small file of numbers and texts that ends with a checksum. Nothing in it is believed: whatever is impossible
 * is corruption of the file. For one thread.
 */
final class CheckedInput {
    private static final int HEADER = 16;
    private static final int CRC = 4;

    private final ByteBuffer src;
    private final String file;

    private CheckedInput(ByteBuffer src, String file) {
        this.src = src;
        this.file = file;
    }

    /** Begins behind the magic number and the version, with the checksum of all checked. */
    static CheckedInput open(ByteBuffer whole, long magic, String file, String what) {
        int end = whole.limit() - CRC;
        if (end < HEADER || whole.getLong(0) != magic || whole.getInt(end) != SegmentFormat.crc(whole, 0, end)) {
            throw new CorruptPartdException(file, 0, "the " + what + " does not check");
        }
        NewerFormatException.check(whole.getLong(8), file);
        return new CheckedInput(whole.limit(end).position(HEADER), file);
    }

    /** Reads on in a file that was checked, up to the buffer's limit. */
    static CheckedInput within(ByteBuffer src, String file) {
        return new CheckedInput(src, file);
    }

    /** Room for a file whose content, behind magic number and version, has so many bytes. */
    static ByteBuffer begin(long content, long magic, String what) {
        if (content > SegmentFormat.MAX_DIRECTORY) {
            throw new IllegalArgumentException("a " + what + " of " + content + " bytes would be too large: at most "
                    + SegmentFormat.MAX_DIRECTORY + " fit");
        }
        return SegmentFormat.allocate((int) content + HEADER + CRC)
                .putLong(magic)
                .putLong(SegmentFormat.VERSION);
    }

    /** Ends what was begun; gives the whole file. */
    static ByteBuffer end(ByteBuffer dst) {
        dst.putInt(SegmentFormat.crc(dst, 0, dst.position()));
        return dst.flip();
    }

    static void putText(ByteBuffer dst, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        dst.putInt(utf8.length).put(utf8);
    }

    static int textSize(String text) {
        return 4 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void require(long bytes) {
        if (bytes < 0 || bytes > src.remaining()) throw broken("it is cut off");
    }

    int number() {
        require(4);
        return src.getInt();
    }

    long longNumber() {
        require(8);
        return src.getLong();
    }

    /** A number that must not be negative, nor greater than this. */
    long upTo(long greatest) {
        long number = longNumber();
        if (number < 0 || number > greatest) throw broken("it has an impossible number " + number);
        return number;
    }

    /** How many things follow, of at least so many bytes each. */
    int count(int bytesEach) {
        int count = number();
        require((long) count * bytesEach);
        return count;
    }

    String text() {
        byte[] utf8 = new byte[count(1)];
        src.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** A view of so many bytes. */
    ByteBuffer bytes(int length) {
        require(length);
        ByteBuffer view = src.slice(src.position(), length).order(src.order());
        src.position(src.position() + length);
        return view;
    }

    /** Passes over what aligns the next number. */
    void align() {
        int to = (int) SegmentFormat.align(src.position());
        require((long) to - src.position());
        src.position(to);
    }

    /** To be called when all is read. */
    void end() {
        if (src.hasRemaining()) throw broken("it has more than it says");
    }

    CorruptPartdException broken(String reason) {
        return new CorruptPartdException(file, src.position(), reason);
    }
}
