package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** Untrusted little-endian bytes of a compressed buffer, read front to back; a read past their end is corruption. */
final class FrameInput {
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

    private final String name;
    private final ByteBuffer buffer;

    /** Reads from the buffer's position to its limit, and leaves it as it is. */
    FrameInput(String name, ByteBuffer src) {
        this.name = name;
        this.buffer = src.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same bytes from here on, with offsets that count from the same start. */
    FrameInput duplicate() {
        FrameInput copy = new FrameInput(name, buffer.duplicate().position(0));
        copy.buffer.position(buffer.position());
        return copy;
    }

    /** All the bytes; its position is the place of the next read. */
    ByteBuffer buffer() {
        return buffer;
    }

    int position() {
        return buffer.position();
    }

    int remaining() {
        return buffer.remaining();
    }

    boolean hasRemaining() {
        return buffer.hasRemaining();
    }

    int readByte() {
        need(1);
        return buffer.get() & 0xff;
    }

    int readShort() {
        need(Short.BYTES);
        return buffer.getShort() & 0xffff;
    }

    int readInt() {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    long readLong() {
        need(Long.BYTES);
        return buffer.getLong();
    }

    void skip(long count) {
        need(count);
        buffer.position(buffer.position() + (int) count);
    }

    private void need(long count) {
        if (count > buffer.remaining()) {
            throw corrupt("it ends after " + buffer.remaining() + " bytes: expected " + count + " more");
        }
    }

    /** Reads magic numbers and leaves out the skippable frames that LZ4 and Zstandard share; false at the end. */
    boolean nextFrame(int magic) {
        while (hasRemaining()) {
            int found = readInt();
            if (found == magic) return true;
            if ((found & SKIPPABLE_MASK) != SKIPPABLE_MAGIC) {
                throw corrupt(String.format(Locale.ROOT, "no frame starts with 0x%08X: expected 0x%08X", found, magic));
            }
            skip(Integer.toUnsignedLong(readInt()));
        }
        return false;
    }

    CorruptPartdException corrupt(String reason) {
        return corrupt(reason, null);
    }

    CorruptPartdException corrupt(String reason, RuntimeException cause) {
        return new CorruptPartdException(name, position(), reason, cause);
    }
}
