package io.partd.arrow.partition;

import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RemainderTest {
    @Test
    void isExactAtTheEdges() {
        int[] values = {0, 1, 2, 3, 99, 1 << 16, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
        for (int divisor : new int[] {1, 2, 3, 5, 7, 64, 100, 641, 1 << 16, (1 << 30) - 1, 1 << 30}) {
            for (int value : values) check(divisor, value, "edge");
            for (int k = 1; k <= 1000 && (long) k * divisor + 1 <= Integer.MAX_VALUE; k++) {
                for (int d = -1; d <= 1; d++) check(divisor, k * divisor + d, "edge");
            }
        }
    }

    @Test
    void isExactForRandomNumbers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            int divisor = 1 + (random.nextInt(HashRule.MAX_PARTS) >>> random.nextInt(30));
            check(divisor, random.nextInt() >>> 1, "seed " + seed);
        }
    }

    private static void check(int divisor, int value, String about) {
        assertEquals(value % divisor, new Remainder(divisor).of(value), value + " by " + divisor + ", " + about);
    }
}
