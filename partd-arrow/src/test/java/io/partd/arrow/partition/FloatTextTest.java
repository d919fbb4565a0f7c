package io.partd.arrow.partition;

import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class FloatTextTest {
    private static final int FIRST_EXACT_JDK = 19;

    @Test
    void theTextIsThatOfNewJdksOnAll() {
        assertEquals("2.0E23", FloatText.of(2e23));
        assertEquals("1.0E23", FloatText.of(1e23));
        assertEquals("8.41E21", FloatText.of(8.41e21));
        assertEquals("5.684341886080802E-14", FloatText.of(0x1p-44));
        assertEquals("-4.9E-324", FloatText.of(-Double.MIN_VALUE));
        assertEquals("1.7976931348623157E308", FloatText.of(Double.MAX_VALUE));
        assertEquals("2.2250738585072014E-308", FloatText.of(Double.MIN_NORMAL));
        assertEquals("1.1754944E-38", FloatText.of(Float.MIN_NORMAL));
        assertEquals("8.589935E9", FloatText.of(0x1p33f));
        assertEquals("1.4E-45", FloatText.of(Float.MIN_VALUE));
    }

    @Test
    void plainAndScientificForms() {
        assertEquals("1.0", FloatText.of(1.0));
        assertEquals("100.0", FloatText.of(100.0));
        assertEquals("-9999999.0", FloatText.of(-9999999.0));
        assertEquals("1.0E7", FloatText.of(1e7));
        assertEquals("0.001", FloatText.of(0.001));
        assertEquals("9.99E-4", FloatText.of(9.99e-4));
        assertEquals("0.1", FloatText.of(0.1f));
        assertEquals("NaN", FloatText.of(Double.NaN));
        assertEquals("-Infinity", FloatText.of(Float.NEGATIVE_INFINITY));
        assertEquals("0.0", FloatText.of(0.0));
    }

    @Test
    void readsBackAndEqualsTheNewestJdks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = sample(random, i);
            if (Double.isNaN(value)) continue;
            assertEquals(value, Double.parseDouble(FloatText.of(value)), "seed " + seed);
            float single = (float) value;
            assertEquals(single, Float.parseFloat(FloatText.of(single)), "seed " + seed);
            assertTrue(FloatText.of(value).length() <= Double.toString(value).length(), value + ", seed " + seed);
        }
    }

    @Test
    void equalsDoubleToString() {
        assumeTrue(Runtime.version().feature() >= FIRST_EXACT_JDK, "Double.toString is another one before JDK 19");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            double value = sample(random, i);
            assertEquals(Double.toString(value), FloatText.of(value), "seed " + seed);
            float single = Float.intBitsToFloat(random.nextInt());
            assertEquals(Float.toString(single), FloatText.of(single), "seed " + seed);
        }
        for (int e = -1074; e < 1024; e++) assertEquals(Double.toString(pow2(e)), FloatText.of(pow2(e)), "2^" + e);
        for (int e = -149; e < 128; e++)
            assertEquals(Float.toString(Math.scalb(1f, e)), FloatText.of(Math.scalb(1f, e)));
    }

    private static double pow2(int e) {
        return Math.scalb(1.0, e);
    }

    private static double sample(Random random, int i) {
        return switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(100_000) / 100.0 + 0.01;
            case 2 -> random.nextLong() + 0.5;
            default -> Double.longBitsToDouble(1 + random.nextInt(100_000));
        };
    }
}
