package io.partd.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Seeded mutation fuzzing. The time for each target is {@code -Dpartd.fuzz.seconds} (default 2), a failed round is
 * repeated with {@code -Dpartd.fuzz.seed}.
 */
public final class Fuzz {
    private static final int MAX_INSERT = 64;

    private Fuzz() {}

    /** Runs rounds, each with a random of its own seed, until the time is over; on the first JDK alone. */
    public static void run(String target, Consumer<Random> round) {
        OneJdk.assumeFirst();
        Long only = Long.getLong("partd.fuzz.seed");
        if (only != null) {
            round.accept(new Random(only));
            return;
        }
        long seed = System.nanoTime();
        long end = seed + Integer.getInteger("partd.fuzz.seconds", 2) * 1_000_000_000L;
        System.out.println("fuzzing " + target + " from seed " + seed);
        long rounds = 0;
        for (; System.nanoTime() - end < 0; rounds++) round(target, seed + rounds, round);
        System.out.println("fuzzed " + target + ": " + rounds + " rounds");
    }

    private static void round(String target, long seed, Consumer<Random> round) {
        try {
            round.accept(new Random(seed));
        } catch (RuntimeException | Error e) {
            throw new AssertionError("fuzzing " + target + " failed: repeat with -Dpartd.fuzz.seed=" + seed, e);
        }
    }

    /**
     * Returns the bytes with one to four changes: bits, bytes and numbers set, parts cut, doubled, moved in from the
     * others, or overwritten.
     */
    public static byte[] mutate(Random random, byte[] bytes, List<byte[]> others) {
        byte[] mutated = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) mutated = mutateOnce(random, mutated, others);
        return mutated;
    }

    private static byte[] mutateOnce(Random random, byte[] bytes, List<byte[]> others) {
        if (bytes.length == 0) return others.get(random.nextInt(others.size())).clone();
        // Headers are short and matter most.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 32));
        return switch (random.nextInt(9)) {
            case 0 -> set(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> set(bytes, at, random.nextInt());
            case 2 -> set(bytes, at, random.nextBoolean() ? 0xff : 0);
            case 3 -> fill(bytes, at, number(random));
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> splice(bytes, at, bytes, random.nextInt(bytes.length), random.nextInt(MAX_INSERT));
            case 6 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(MAX_INSERT));
            case 7 -> run(bytes, at, random);
            default -> {
                byte[] other = others.get(random.nextInt(others.size()));
                yield splice(bytes, at, other, other.length == 0 ? 0 : random.nextInt(other.length), other.length);
            }
        };
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    /** The numbers at which length checks tend to be wrong. */
    private static long number(Random random) {
        long[] edges = {0, 1, -1, 16, 1 << 20, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 62, Long.MIN_VALUE};
        return edges[random.nextInt(edges.length)] + random.nextInt(3) - 1;
    }

    private static byte[] fill(byte[] bytes, int at, long number) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = (byte) (number >> 8 * i);
        return bytes;
    }

    private static byte[] run(byte[] bytes, int at, Random random) {
        int end = Math.min(bytes.length, at + random.nextInt(4 * MAX_INSERT));
        Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0xff : random.nextInt()));
        return bytes;
    }

    /** The bytes up to {@code at}, a part of the other, and the rest. */
    private static byte[] splice(byte[] bytes, int at, byte[] other, int from, int length) {
        int count = Math.min(length, other.length - from);
        byte[] spliced = Arrays.copyOf(bytes, bytes.length + count);
        System.arraycopy(other, from, spliced, at, count);
        System.arraycopy(bytes, at, spliced, at + count, bytes.length - at);
        return spliced;
    }
}
