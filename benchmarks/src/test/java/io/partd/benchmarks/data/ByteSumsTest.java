package io.partd.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class ByteSumsTest {
    private static String sums(int block, String... values) {
        ByteSums sums = new ByteSums(block);
        for (int i = 0; i < values.length; i++) sums.add(i, values[i].getBytes(StandardCharsets.UTF_8));
        return sums.toString();
    }

    @Test
    void sumIsThatOfTheDefinition() {
        CRC32 crc = new CRC32();
        crc.update("abcdef".getBytes(StandardCharsets.UTF_8));
        assertEquals("6 bytes, sum " + crc.getValue(), sums(ByteSums.WHOLE, "abcdef"));
        assertEquals("6 bytes, sum " + 2 * crc.getValue(), sums(ByteSums.WHOLE, "", "abcdef"));
    }

    @Test
    void orderCountsInAWholeValueAndNotAmongBlocks() {
        assertNotEquals(sums(ByteSums.WHOLE, "abcdef"), sums(ByteSums.WHOLE, "defabc"));
        assertEquals(sums(3, "abcdef"), sums(3, "defabc"));
        assertNotEquals(sums(3, "abcdef"), sums(3, "bacdef"));
    }

    @Test
    void aKeyIsNotAnother() {
        assertNotEquals(sums(ByteSums.WHOLE, "ab", "cd"), sums(ByteSums.WHOLE, "cd", "ab"));
    }
}
