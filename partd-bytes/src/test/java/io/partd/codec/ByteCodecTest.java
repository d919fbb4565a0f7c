package io.partd.codec;

import io.partd.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ByteCodecTest {

    static Stream<ByteCodec> codecs() {
        return Codecs.all();
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of("zlib", -1, 9, (IntFunction<ByteCodec>) ZlibCodec::new),
                Arguments.of("bz2", 1, 9, (IntFunction<ByteCodec>) Bz2Codec::new),
                Arguments.of("blosc", 0, 9, (IntFunction<ByteCodec>) BloscCodec::new),
                Arguments.of("lz4", 0, 17, (IntFunction<ByteCodec>) Lz4Codec::new),
                Arguments.of("zstd", -7, 22, (IntFunction<ByteCodec>) ZstdCodec::new));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void noBytesAreNoBytes(ByteCodec codec) {
        assertSame(Bytes.EMPTY, codec.encode(Bytes.EMPTY));
        assertSame(Bytes.EMPTY, codec.decode(Bytes.EMPTY));
        assertEquals(Bytes.EMPTY, codec.join(List.of()));
        assertEquals(Bytes.utf8("ab"), codec.join(List.of(Bytes.utf8("a"), Bytes.utf8("b"))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void smallValuesComeBackFromEveryShape(ByteCodec codec) {
        Codecs.small().forEach((name, value) -> {
            for (Bytes raw : Codecs.shapes(value)) {
                for (Bytes payload : Codecs.shapes(codec.encode(raw).toArray())) {
                    assertEquals(Bytes.of(value), codec.decode(payload), name);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void largeValuesComeBack(ByteCodec codec) {
        Codecs.large().forEach((name, value) -> {
            Bytes payload = codec.encode(Bytes.of(value));
            assertEquals(Bytes.of(value), codec.decode(payload), name);
            assertTrue(payload.size() < value.length * 1.02 + 100, name + ": " + payload.size());
            if (name.contains("zeros")) assertTrue(payload.size() < value.length / 10, name + ": " + payload.size());
        });
    }

    @ParameterizedTest
    @MethodSource("levels")
    void everyLevelComesBackAndNoOtherIsTaken(String name, int min, int max, IntFunction<ByteCodec> codec) {
        Bytes value = Bytes.of(Codecs.text(new Random(3), 20_000));
        ByteCodec reader = codec.apply(max);
        for (int level = min; level <= max; level++) {
            assertEquals(value, reader.decode(codec.apply(level).encode(value)), name + " level " + level);
        }
        for (int level : new int[] {min - 1, max + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> codec.apply(level));
            assertEquals(name + " level " + level + " is not between " + min + " and " + max, e.getMessage());
        }
    }

    @Test
    void levelsMakeADifference() {
        Bytes value = Bytes.of(Codecs.text(new Random(4), 200_000));
        assertTrue(new ZlibCodec(9).encode(value).size()
                < new ZlibCodec(1).encode(value).size());
        assertTrue(new ZlibCodec(0).encode(value).size() > value.size());
        assertTrue(new Bz2Codec(9).encode(value).size()
                < new Bz2Codec(1).encode(value).size());
        assertTrue(new Lz4Codec(9).encode(value).size()
                < new Lz4Codec(0).encode(value).size());
        assertTrue(new ZstdCodec(19).encode(value).size()
                < new ZstdCodec(-7).encode(value).size());
        assertTrue(new BloscCodec(9).encode(value).size()
                < new BloscCodec(0).encode(value).size());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void oneCodecServesManyThreads(ByteCodec codec) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> jobs = IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(seed -> () -> {
                        Random random = new Random(seed);
                        for (int i = 0; i < 50; i++) {
                            byte[] value = Codecs.text(random, 1 + random.nextInt(5_000));
                            Bytes payload = codec.encode(Bytes.of(value));
                            assertTrue(
                                    Arrays.equals(value, codec.decode(payload).toArray()));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> job : threads.invokeAll(jobs)) job.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void inputIsLeftAsItWas(ByteCodec codec) {
        byte[] value = Codecs.text(new Random(5), 10_000);
        byte[] before = value.clone();
        byte[] payload = codec.encode(Bytes.of(value)).toArray();
        byte[] payloadBefore = payload.clone();
        codec.decode(Bytes.of(payload));
        assertTrue(Arrays.equals(before, value));
        assertTrue(Arrays.equals(payloadBefore, payload));
    }
}
