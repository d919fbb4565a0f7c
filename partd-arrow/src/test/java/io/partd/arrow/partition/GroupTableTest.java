package io.partd.arrow.partition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class GroupTableTest {
    private static final int VALUES = 50_000;

    @Test
    void longsAreNumberedAsInAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, Integer> expected = new HashMap<>();
        LongGroups groups = new LongGroups();
        for (int i = 0; i < VALUES; i++) {
            long value = (long) random.nextInt(VALUES / 4) << random.nextInt(3) * 20;
            expected.putIfAbsent(value, expected.size());
            assertEquals(expected.get(value), groups.number(value), "seed " + seed);
        }
        assertEquals(expected.size(), groups.count);
    }

    @Test
    void bytesAreNumberedAsInAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(VALUES * 24L)) {
            Map<String, Integer> expected = new HashMap<>();
            SpanGroups groups = new SpanGroups();
            for (int i = 0; i < VALUES; i++) {
                // Few different letters, so that values of each length come back, and differ in one place.
                byte[] value = new byte[random.nextInt(24)];
                if (value.length > 0) value[random.nextInt(value.length)] = (byte) random.nextInt(-20, 20);
                buffer.setBytes(i * 24L, value);
                String text = Arrays.toString(value);
                expected.putIfAbsent(text, expected.size());
                int number = groups.number(buffer.memoryAddress() + i * 24L, value.length);
                assertEquals(expected.get(text), number, text + ", seed " + seed);
            }
            assertEquals(expected.size(), groups.count);
        }
    }
}
