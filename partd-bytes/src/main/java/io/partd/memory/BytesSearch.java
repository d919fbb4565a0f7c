package io.partd.memory;

import io.partd.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Finds bytes in bytes, both as long as they like: by the rolling hash of Rabin and Karp, in one pass. */
final class BytesSearch {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final int READ_AHEAD = 64 << 10;

    private BytesSearch() {}

    /** Whether the part lies somewhere in the whole. */
    static boolean contains(Bytes whole, Bytes part) {
        long length = part.size();
        if (length > whole.size()) return false;
        try (InputStream of = stream(part);
                InputStream ahead = stream(whole);
                InputStream behind = stream(whole)) {
            long wanted = 0;
            long oldest = 1; // by what the oldest byte of a window has been multiplied when it leaves
            for (long i = 0; i < length; i++, oldest *= FACTOR) wanted = wanted * FACTOR + of.read() + 1;
            long hash = 0;
            for (long end = 1; end <= whole.size(); end++) {
                hash = hash * FACTOR + ahead.read() + 1;
                if (end > length) hash -= oldest * (behind.read() + 1);
                boolean equal = end >= length && hash == wanted;
                if (equal && whole.slice(end - length, end).equals(part)) return true;
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("looking for bytes: " + e.getMessage(), e);
        }
    }

    private static InputStream stream(Bytes bytes) {
        return new BufferedInputStream(bytes.newInputStream(), READ_AHEAD);
    }
}
