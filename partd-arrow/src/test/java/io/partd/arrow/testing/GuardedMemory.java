package io.partd.arrow.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The kinds of memory that codecs meet, always in the middle of something larger that must not change. */
public enum GuardedMemory {
    DIRECT,
    HEAP,
    READ_ONLY_DIRECT,
    READ_ONLY_HEAP;

    private static final int MARGIN = 40;
    private static final int START = MARGIN - 1;
    private static final byte GUARD = 0x5A;

    boolean isWritable() {
        return this == DIRECT || this == HEAP;
    }

    /** A buffer with room for so many bytes between its position and its limit. */
    public ByteBuffer allocate(int size) {
        int capacity = size + 2 * MARGIN;
        boolean direct = this == DIRECT || this == READ_ONLY_DIRECT;
        ByteBuffer whole = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        for (int i = 0; i < MARGIN; i++) whole.put(i, GUARD).put(capacity - 1 - i, GUARD);
        // A slice, for its array has an offset.
        return whole.slice(1, capacity - 1).position(START).limit(START + size);
    }

    public ByteBuffer of(byte[] bytes) {
        ByteBuffer buffer = allocate(bytes.length);
        buffer.put(buffer.position(), bytes);
        return isWritable() ? buffer : buffer.asReadOnlyBuffer();
    }

    /** Fails if a byte beside the {@code size} that were allocated has changed. */
    public static void checkMargins(ByteBuffer buffer, int size) {
        ByteBuffer whole = buffer.duplicate().clear();
        for (int i = 0; i < START; i++) checkMargin(whole, i, i - START);
        for (int i = START + size; i < whole.capacity(); i++) checkMargin(whole, i, i - START);
    }

    private static void checkMargin(ByteBuffer whole, int index, int at) {
        assertEquals(GUARD, whole.get(index), () -> "written outside of the target, at " + at);
    }

    /** The first bytes of what was allocated. */
    public static byte[] bytes(ByteBuffer buffer, int size) {
        byte[] bytes = new byte[size];
        buffer.get(START, bytes);
        return bytes;
    }

    public static byte[] random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Words of three to eight letters, of a few hundred that come again and again. */
    public static byte[] text(Random random, int size) {
        byte[] text = new byte[size];
        for (int at = 0; at < size; ) {
            Random word = new Random(random.nextInt(300));
            for (int left = 3 + word.nextInt(6); left > 0 && at < size; left--)
                text[at++] = (byte) ('a' + word.nextInt(26));
        }
        return text;
    }

    /** Numbers of eight bytes that go up by small steps. */
    public static byte[] numbers(Random random, int size) {
        ByteBuffer numbers = ByteBuffer.allocate(size + 8);
        for (long number = 0; numbers.remaining() >= 8; number += random.nextInt(20)) {
            numbers.putLong(Long.reverseBytes(number));
        }
        return Arrays.copyOf(numbers.array(), size);
    }
}
