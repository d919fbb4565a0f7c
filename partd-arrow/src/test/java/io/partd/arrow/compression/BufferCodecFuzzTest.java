package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import io.partd.arrow.testing.GuardedMemory;
import io.partd.testing.OneJdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Garbage and mutated buffers: each is refused as corrupt or decompresses to as many bytes as it claims; none takes the
 * JVM down or writes beside its target. Runs {@code -Dpartd.fuzz.seconds} (default 2) for each codec; a failed round is
 * repeated with {@code -Dpartd.fuzz.seed}.
 */
class BufferCodecFuzzTest {
    private static final GuardedMemory[] TARGETS = {GuardedMemory.DIRECT, GuardedMemory.HEAP};

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void hostileBuffers(BufferCodec codec) throws IOException {
        List<byte[]> buffers = new ArrayList<>(CorruptBufferTest.small(codec));
        buffers.add(Coding.compress(codec, GuardedMemory.text(new Random(1), 150_000)));
        buffers.add(Coding.compress(codec, GuardedMemory.numbers(new Random(2), 70_000)));
        if (codec.type() == CodecType.LZ4_FRAME) {
            for (String name : Lz4Frames.ofTheTool()) {
                buffers.add(Lz4Frames.buffer(Lz4Frames.content().length, Lz4Frames.ofTheTool(name)));
            }
        }
        buffers.forEach(buffer -> Coding.decompress(codec, buffer));
        run(codec + " buffers", random -> decompress(codec, random, hostile(random, buffers)));
    }

    private static void decompress(BufferCodec codec, Random random, byte[] buffer) {
        GuardedMemory from = GuardedMemory.values()[random.nextInt(4)];
        try {
            Coding.decompress(codec, buffer, from, TARGETS[random.nextInt(2)]);
        } catch (CorruptPartdException e) {
            assertEquals("the " + codec.type() + " buffer", e.file());
        }
    }

    private static byte[] hostile(Random random, List<byte[]> buffers) {
        byte[] buffer = buffers.get(random.nextInt(buffers.size()));
        if (random.nextInt(20) == 0) return GuardedMemory.random(random, random.nextInt(200));
        byte[] mutated = buffer.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) mutated = mutate(random, mutated, buffers);
        return mutated;
    }

    private static byte[] mutate(Random random, byte[] bytes, List<byte[]> others) {
        if (bytes.length == 0) return others.get(0).clone();
        // Headers are short and matter most.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 40));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(9)), (byte) -random.nextInt(2));
            case 3 -> bytes = Arrays.copyOf(bytes, at + random.nextInt(80));
            case 4 -> bytes = splice(bytes, at, bytes, random.nextInt(bytes.length), random.nextInt(64));
            default -> {
                byte[] other = others.get(random.nextInt(others.size()));
                bytes = splice(bytes, at, other, random.nextInt(other.length), random.nextInt(1_000));
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, byte[] other, int from, int count) {
        byte[] part = Arrays.copyOfRange(other, from, Math.min(other.length, from + count));
        return Lz4Frames.concat(Arrays.copyOf(bytes, at), part, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static void run(String target, Consumer<Random> round) {
        OneJdk.assumeFirst();
        Long only = Long.getLong("partd.fuzz.seed");
        if (only != null) {
            round.accept(new Random(only));
            return;
        }
        long start = System.nanoTime();
        long nanos = Integer.getInteger("partd.fuzz.seconds", 2) * 1_000_000_000L;
        for (long seed = start; System.nanoTime() - start < nanos; seed++) {
            try {
                round.accept(new Random(seed));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("fuzzing " + target + " failed: repeat with -Dpartd.fuzz.seed=" + seed, e);
            }
        }
    }
}
