package io.partd.arrow.testing;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** Arrays of every type that can be stored, with values at the edge of what it can hold. */
public final class ArraySamples {
    private static final long SECOND = 1_000_000_000;
    private static final String[] TEXTS = {"", "a", "\u0000", "\u00e9\u07ff\u0800\uffff", "\ud83d\ude00", "two words"};
    private static final Map<String, Type<?>> TYPES = new TreeMap<>();

    /** A type of arrays, and how one of its elements is made; the width is that of rows. */
    public record Type<A>(Class<A> type, Element element) {
        /** An array with such elements; of rows that have one length. */
        public A random(int length, int width, Random random) {
            A array = type.cast(Array.newInstance(type.getComponentType(), length));
            for (int i = 0; i < length; i++) Array.set(array, i, element.random(random, width));
            return array;
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    /** Makes an element, which is often one of the edges. */
    interface Element {
        Object random(Random random, int width);
    }

    static {
        put(boolean[].class, (random, width) -> random.nextBoolean());
        put(byte[].class, (random, width) -> (byte) number(random));
        put(short[].class, (random, width) -> (short) number(random));
        put(char[].class, (random, width) -> (char) number(random));
        put(int[].class, (random, width) -> (int) number(random));
        put(long[].class, (random, width) -> number(random));
        put(float[].class, (random, width) -> real(random));
        put(double[].class, (random, width) -> wide(random));
        put(String[].class, orNull(random -> TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(4))));
        put(byte[][].class, orNull(ArraySamples::bytes));
        put(Instant[].class, orNull(random -> Instant.ofEpochSecond(0, number(random))));
        put(LocalDate[].class, orNull(random -> LocalDate.ofEpochDay((int) number(random))));
        put(LocalDateTime[].class, orNull(random -> LocalDateTime.ofInstant(instant(random), ZoneOffset.UTC)));
        rows(short[][].class, short[].class);
        rows(int[][].class, int[].class);
        rows(long[][].class, long[].class);
        rows(float[][].class, float[].class);
        rows(double[][].class, double[].class);
    }

    private ArraySamples() {}

    public static List<Type<?>> types() {
        return new ArrayList<>(TYPES.values());
    }

    /** The type of one class. */
    @SuppressWarnings("unchecked") // put under the name of its class
    static <A> Type<A> of(Class<A> type) {
        return (Type<A>) TYPES.get(type.getSimpleName());
    }

    private static void put(Class<?> type, Element element) {
        TYPES.put(type.getSimpleName(), new Type<>(type, element));
    }

    private static <R> void rows(Class<R[]> type, Class<R> row) {
        put(type, (random, width) -> of(row).random(width, 0, random));
    }

    private static Element orNull(Function<Random, Object> element) {
        return (random, width) -> random.nextInt(5) == 0 ? null : element.apply(random);
    }

    /** Its low bits may be any, too: it is cast to what is narrower. */
    private static long number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE >> random.nextInt(64);
            case 1 -> Long.MAX_VALUE >> random.nextInt(64);
            case 2 -> random.nextInt(3) - 1;
            case 3 -> random.nextInt(5) * SECOND - random.nextInt(2);
            default -> random.nextLong();
        };
    }

    private static float real(Random random) {
        float[] edges = {0f, -0f, Float.NaN, Float.intBitsToFloat(0xffc12345), Float.MIN_VALUE, Float.NEGATIVE_INFINITY
        };
        return random.nextBoolean() ? random.nextFloat() : edges[random.nextInt(edges.length)];
    }

    private static double wide(Random random) {
        double[] edges = {0d, -0d, Double.NaN, Double.longBitsToDouble(0xfff8123456789abcL), Double.MIN_VALUE, 1 / 0.0};
        return random.nextBoolean() ? random.nextDouble() : edges[random.nextInt(edges.length)];
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(0, number(random));
    }

    /** What is in an array, to the bit: equal for arrays that hold the same. */
    public static List<Object> contents(Object array) {
        List<Object> contents = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) contents.add(content(Array.get(array, i)));
        return contents;
    }

    private static Object content(Object element) {
        if (element instanceof Float number) return Float.floatToRawIntBits(number);
        if (element instanceof Double number) return Double.doubleToRawLongBits(number);
        return element != null && element.getClass().isArray() ? contents(element) : element;
    }
}
