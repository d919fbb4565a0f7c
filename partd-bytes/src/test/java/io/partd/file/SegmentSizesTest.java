package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Where segments end, and the next ones begin. */
class SegmentSizesTest {
    private static final int MOST_CHUNKS = 1_000_000;
    private static final int KEYS = 10_000;

    @TempDir
    Path directory;

    /** The index of a segment is in memory until it is finished: however small its chunks are, it has an end. */
    @Test
    void aMillionChunksFillASegment() {
        Map<String, Bytes> values = new HashMap<>();
        for (int i = 0; i < KEYS; i++) values.put("k" + i, Bytes.of(new byte[] {(byte) i}));
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 0; i < MOST_CHUNKS / KEYS; i++) store.append(values);
            assertEquals(1, store.stats().segments());
            store.append("k7", Bytes.utf8("another"));
            assertEquals(2, store.stats().segments());
        }
        try (FilePartd store = Partds.file(directory)) {
            assertEquals(2, store.stats().segments());
            assertEquals(MOST_CHUNKS + 7, store.stats().liveBytes());
            assertEquals(
                    "\7".repeat(MOST_CHUNKS / KEYS) + "another", store.get("k7").toUtf8());
        }
    }
}
