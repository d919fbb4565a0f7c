package io.partd.arrow;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.testing.ArraySamples;
import io.partd.testing.Fuzz;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Broken bytes end in the error for them, or in arrays that could have been stored. */
class ArrayHostileTest {
    private static final int LENGTH = 5;

    static List<ArraySamples.Type<?>> types() {
        return ArraySamples.types();
    }

    private static <A> byte[] stored(ArraySamples.Type<A> type) {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), bytes)) {
            arrays.append("a", type.random(LENGTH, 3, new Random(8)));
            return bytes.get("a").toArray();
        }
    }

    /** The length of what is read, or a negative number where it is refused. */
    private static <A> int read(ArraySamples.Type<A> type, byte[] broken) {
        Partd<Bytes> bytes = dict();
        bytes.append("a", Bytes.of(broken));
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), bytes)) {
            int length = Array.getLength(arrays.get("a"));
            assertEquals(length, arrays.stream("a").mapToInt(Array::getLength).sum());
            return length;
        } catch (CorruptPartdException e) {
            return -1;
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("key \"a\" holds "), e::toString); // Another type, or nulls.
            return -1;
        } finally {
            assertEquals(0, SharedAllocator.get().getAllocatedMemory());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void everyFlippedByte(ArraySamples.Type<A> type) {
        byte[] good = stored(type);
        assertEquals(LENGTH, read(type, good));
        int refused = 0;
        for (int at = 0; at < good.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] broken = good.clone();
                broken[at] ^= (byte) flip;
                int length = read(type, broken);
                String where = type + ", byte " + at + " flipped by " + flip;
                assertTrue(length == LENGTH || length == -1, () -> where + " has " + length + " elements");
                if (length < 0) refused++;
            }
        }
        assertTrue(refused > good.length / 4, "refused " + refused);
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void everyCut(ArraySamples.Type<A> type) {
        byte[] good = stored(type);
        for (int size = 1; size < good.length; size++) {
            int length = read(type, Arrays.copyOf(good, size));
            int cut = size;
            assertTrue(length <= 0, () -> type + " cut to " + cut + " has " + length + " elements");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void mutations(ArraySamples.Type<A> type) {
        byte[] good = stored(type);
        List<byte[]> others = types().stream().map(ArrayHostileTest::stored).toList();
        Random random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            int length = read(type, Fuzz.mutate(random, good, others));
            assertTrue(length < 1_000, () -> type + ", seed 9, has " + length + " elements");
        }
    }
}
