package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

    /** With a checksum the result is one of the values, or several in a row where a format allows that. */
    private static void decode(ByteCodec codec, byte[] payload, List<byte[]> values) {
        try {
            byte[] decoded = codec.decode(Bytes.of(payload), LIMIT).toArray();
            assertTrue(decoded.length <= LIMIT);
            if (values == null) return;
            boolean known = decoded.length == 0 || values.stream().anyMatch(value -> startsWith(decoded, value));
            assertTrue(known, () -> "decoded to something never written: " + Bytes.of(decoded));
        } catch (CorruptPartdException e) {
            assertEquals(codec.name(), e.source());
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
