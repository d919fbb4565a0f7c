package io.partd.tablesaw;

import java.nio.charset.StandardCharsets;

import static org.apache.arrow.memory.util.MemoryUtil.copyToMemory;

/** Strings as UTF-8. A null is as an empty one. */
final class Utf8 {
    private Utf8() {}

    /** What has no length. */
    static final int ILL_FORMED = -1;

    /** The number of bytes of a string, or {@link #ILL_FORMED} if it has a lone surrogate. */
    static long length(String text) {
        if (text == null) return 0;
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) continue;
            // Two chars of a pair are four bytes.
            bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            if (!Character.isSurrogate(c)) continue;
            boolean low = Character.isLowSurrogate(c);
            int other = low ? i - 1 : i + 1;
            if (other < 0 || other == text.length()) return ILL_FORMED;
            char partner = text.charAt(other);
            if (low ? !Character.isHighSurrogate(partner) : !Character.isLowSurrogate(partner)) return ILL_FORMED;
        }
        return bytes;
    }

    static IllegalArgumentException illFormed(int row, Cells cells) {
        return cells.refuse(row, "its text has a lone surrogate, which UTF-8 has no bytes for");
    }

    /** Writes a string that was measured, and returns its bytes. */
    static int put(String text, long address) {
        if (text == null) return 0;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        copyToMemory(bytes, 0, address, bytes.length);
        return bytes.length;
    }
}
