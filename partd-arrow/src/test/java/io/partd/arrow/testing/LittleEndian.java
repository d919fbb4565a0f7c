package io.partd.arrow.testing;

import java.io.ByteArrayOutputStream;

/** Bytes that grow, with numbers in little-endian order. */
final class LittleEndian {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    LittleEndian bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The lowest {@code width} bytes of {@code value}. */
    LittleEndian number(long value, int width) {
        for (int i = 0; i < width; i++) out.write((int) (value >>> (8 * i)));
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
