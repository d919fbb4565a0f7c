package io.partd.memory;

import io.partd.Bytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BytesSearchTest {
    /** As String does, in few letters, so that much is nearly there. */
    @Test
    void likeStrings() {
        Random random = new Random(3);
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            String whole = letters(random, random.nextInt(60));
            String part = letters(random, 1 + random.nextInt(7));
            assertEquals(whole.contains(part), BytesSearch.contains(Bytes.utf8(whole), Bytes.utf8(part)), whole);
            if (whole.contains(part)) found++;
        }
        assertTrue(found > 300 && found < 2700, found + " found");
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append((char) ('a' + random.nextInt(2)));
        return text.toString();
    }

    @Test
    void acrossPiecesAndBuffers() {
        byte[] noise = new byte[300_000];
        new Random(4).nextBytes(noise);
        Bytes all = Bytes.of(noise);
        Bytes pieces =
                Bytes.concat(List.of(all.slice(0, 100_000), all.slice(100_000, 100_001), all.slice(100_001, 300_000)));
        assertTrue(BytesSearch.contains(pieces, all.slice(99_000, 280_000)));
        assertTrue(BytesSearch.contains(pieces, all));
        assertFalse(
                BytesSearch.contains(pieces, Bytes.concat(List.of(all.slice(99_000, 280_000), Bytes.of(new byte[9])))));
        assertFalse(BytesSearch.contains(all, Bytes.concat(List.of(all, all))));
    }
}
