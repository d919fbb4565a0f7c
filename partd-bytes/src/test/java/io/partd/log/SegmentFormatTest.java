package io.partd.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SegmentFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8192, 0",
        "1, 8192, 1",
        "8192, 8192, 1",
        "8193, 8192, 2",
        "65536, 8192, 8",
        "65537, 16384, 5",
        "131072, 16384, 8",
        "131073, 32768, 5",
        "262144, 32768, 8",
        "262145, 65536, 5",
        "524289, 65536, 9",
        "1099511627776, 65536, 16777216"
    })
    void blocksGrowWithThePayload(long length, int size, long count) {
        assertEquals(size, SegmentFormat.blockSize(length));
        assertEquals(count, SegmentFormat.blocks(length));
    }

    /** As docs/format.md has it. */
    @Test
    void aBlockIsTheLeastPowerOfTwoThatIsAnEighth() {
        for (long length = 0; length < 1 << 20; length += 7) {
            int size = SegmentFormat.blockSize(length);
            assertEquals(1, Integer.bitCount(size));
            assertTrue(size == SegmentFormat.MAX_BLOCK || 8L * size >= length, "too small for " + length);
            assertTrue(size == SegmentFormat.MIN_BLOCK || 4L * size < length, "too large for " + length);
        }
    }
}
