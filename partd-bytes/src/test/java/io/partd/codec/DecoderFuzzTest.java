package io.partd.codec;

import com.scalableminds.bloscjava.Blosc;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.testing.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Mutated payloads: every one decodes to what a checksum allows, or is refused as corrupt; none takes the JVM down or
 * its memory.
 */
class DecoderFuzzTest {
    private static final int LIMIT = 16 << 20;

    static Stream<ByteCodec> codecs() {
        return Codecs.all();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void mutatedPayloads(ByteCodec codec) {
        List<byte[]> values = new ArrayList<>(Codecs.small().values());
        values.add(Codecs.text(new Random(1), 150_000));
        values.add(new byte[300_000]);
        List<byte[]> payloads = values.stream()
                .map(value -> codec.encode(Bytes.of(value)).toArray())
                .toList();
        Fuzz.run(codec.name(), random -> {
            int chosen = random.nextInt(payloads.size());
            byte[] mutated = Fuzz.mutate(random, payloads.get(chosen), payloads);
            decode(codec, mutated, Codecs.unchecked(codec) ? null : values);
        });
    }

    /**
     * What other writers of Blosc may choose: every inner compressor that the native library has, every filter, items
     * of several sizes.
     */
    @Test
    void mutatedBloscChunksOfOtherWriters() {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] value : List.of(Codecs.text(new Random(1), 20_000), Codecs.numbers(30_000), new byte[70_001])) {
            for (Blosc.Compressor compressor : Blosc.Compressor.values()) {
                for (Blosc.Shuffle shuffle : Blosc.Shuffle.values()) {
                    for (int itemBytes : new int[] {1, 4, 17}) {
                        payloads.add(Blosc.compress(value, itemBytes, compressor, 5, shuffle, 1_000 * itemBytes, 1));
                    }
                }
            }
        }
        BloscCodec codec = new BloscCodec(BloscCodec.DEFAULT_LEVEL);
        payloads.forEach(payload -> assertTrue(codec.decode(Bytes.of(payload)).size() > 0));
        Fuzz.run("blosc of other writers", random -> {
            byte[] payload = payloads.get(random.nextInt(payloads.size()));
            decode(codec, Fuzz.mutate(random, payload, payloads), null);
        });
    }

    /** With a checksum the result is one of the values, or several in a row where a format allows that. */
    private static void decode(ByteCodec codec, byte[] payload, List<byte[]> values) {
        try {
            byte[] decoded = codec.decode(Bytes.of(payload), LIMIT).toArray();
            assertTrue(decoded.length <= LIMIT);
            if (values == null) return;
            boolean known = decoded.length == 0 || values.stream().anyMatch(value -> startsWith(decoded, value));
            assertTrue(known, () -> "decoded to something never written: " + Bytes.of(decoded));
        } catch (CorruptPartdException e) {
            assertEquals(codec.name(), e.file());
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
