package io.partd.log;

import io.partd.Bytes;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CountedPartdTest {
    private static final int LARGE = (2 << 20) + 10;
    private static final int SMALL = 1_000;

    @TempDir
    Path directory;

    @Test
    void countsTheBlocksOfAStoredValueOnce() {
        try (CountedPartd store = new CountedPartd(Partds.file(directory))) {
            store.append("a", Bytes.of(new byte[LARGE]));
            Bytes value = store.get("a");
            assertEquals(0, store.bytesRead(), "nothing is touched yet");
            value.slice(SegmentFormat.MAX_BLOCK - 1, SegmentFormat.MAX_BLOCK + 1)
                    .toArray();
            value.slice(10, 20).buffers();
            assertEquals(2 * SegmentFormat.MAX_BLOCK, store.bytesRead());
            value.slice(LARGE - 1, LARGE).toArray();
            assertEquals(2 * SegmentFormat.MAX_BLOCK + 10, store.bytesRead(), "the last block is short");
            store.reset();
            value.toArray();
            assertEquals(LARGE - 2 * SegmentFormat.MAX_BLOCK - 10, store.bytesRead());
        }
    }

    @Test
    void aColumnOfASmallMessageIsReadWithoutMostOfTheRest() {
        try (CountedPartd store = new CountedPartd(Partds.file(directory))) {
            store.append("a", Bytes.of(new byte[60_000]));
            store.append("b", Bytes.of(new byte[LARGE])); // so that the segment is mapped
            Bytes value = store.get("a");
            value.slice(24_000, 36_000).buffers();
            assertEquals(3 * SegmentFormat.MIN_BLOCK, store.bytesRead());
            value.slice(0, 400).toArray();
            value.slice(24_000, 36_000).toArray();
            assertEquals(4 * SegmentFormat.MIN_BLOCK, store.bytesRead());
        }
    }

    @Test
    void countsSmallChunksWhole() {
        try (CountedPartd store = new CountedPartd(Partds.file(directory))) {
            for (int i = 0; i < 3; i++) store.append("a", Bytes.of(new byte[SMALL]));
            store.append("b", Bytes.of(new byte[LARGE])); // so that the segment is mapped
            Bytes value = store.get("a");
            value.slice(SMALL - 1, SMALL + 1).toArray();
            assertEquals(2 * SMALL, store.bytesRead());
        }
    }

    @Test
    void countsWhatIsAskedForInMemory() {
        try (CountedPartd store = new CountedPartd(Partds.dict())) {
            store.append("a", Bytes.of(new byte[SMALL]));
            List<Bytes> values = store.get(List.of("a", "absent"));
            values.get(0).slice(10, 30).toArray();
            values.get(1).toArray();
            assertEquals(20, store.bytesRead());
        }
    }
}
