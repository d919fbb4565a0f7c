package io.partd.codec;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.MapPartd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Values as Python's partd 1.3.0 stored them, made by {@code golden/python/make.py}. */
class PythonGoldenTest {

    static Stream<Arguments> codecs() {
        return Stream.of(
                Arguments.of("snappy", (UnaryOperator<Partd<Bytes>>) Partds::snappy),
                Arguments.of("zlib", (UnaryOperator<Partd<Bytes>>) Partds::zlib),
                Arguments.of("bz2", (UnaryOperator<Partd<Bytes>>) Partds::bz2),
                Arguments.of("blosc", (UnaryOperator<Partd<Bytes>>) Partds::blosc));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whatPythonStoredIsRead(String name, UnaryOperator<Partd<Bytes>> codec) {
        MapPartd inner = new MapPartd();
        inner.append("x", Bytes.of(golden(name + ".bin")));
        assertEquals(Bytes.concat(rawFrames()), codec.apply(inner).get("x"));
    }

    /** Python frames what empty values become; only here are such frames not empty. */
    @ParameterizedTest
    @MethodSource("codecs")
    void framesAreCountedAsPythonCountsThem(String name, UnaryOperator<Partd<Bytes>> codec) {
        FrameReader frames = new FrameReader(Bytes.of(golden(name + ".bin")), name);
        int count = 0;
        for (; frames.hasNext(); count++) frames.next();
        assertEquals(8, count);
    }

    /** The raw frames, of which some are empty: so the store's own reader does not take them. */
    private static List<Bytes> rawFrames() {
        java.nio.ByteBuffer all =
                java.nio.ByteBuffer.wrap(golden("raw.bin.gz")).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        List<Bytes> frames = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] frame = new byte[(int) all.getLong()];
            all.get(frame);
            frames.add(Bytes.of(frame));
        }
        return frames;
    }

    private static byte[] golden(String name) {
        try (InputStream in = PythonGoldenTest.class.getResourceAsStream("/golden/python/" + name)) {
            return name.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
