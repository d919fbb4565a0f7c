package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.memory.Snapshots;
import io.partd.testing.Fuzz;
import io.partd.testing.MapPartd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CodecPartdTest {
    private final MapPartd inner = new MapPartd();

    static Stream<UnaryOperator<Partd<Bytes>>> wrappers() {
        return Stream.of(
                Partds::snappy,
                Partds::zlib,
                Partds::bz2,
                Partds::blosc,
                Partds::lz4,
                Partds::zstd,
                store -> Partds.zlib(store, 9),
                store -> Partds.bz2(store, 1),
                store -> Partds.blosc(store, 1),
                store -> Partds.lz4(store, 9),
                store -> Partds.zstd(store, -3),
                store -> Partds.snappy(Partds.zstd(store)));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void valuesAreCompressedAndComeBackJoined(UnaryOperator<Partd<Bytes>> wrapper) {
        Partd<Bytes> store = wrapper.apply(inner);
        byte[] zeros = new byte[100_000];
        store.append(Map.of("x", Bytes.utf8("Hello "), "y", Bytes.of(zeros)));
        store.append(Map.of("x", Bytes.utf8("world!"), "empty", Bytes.EMPTY));
        assertEquals("Hello world!", store.get("x").toUtf8());
        assertEquals(Bytes.of(zeros), store.get("y"));
        assertEquals(Bytes.EMPTY, store.get("empty"));
        assertEquals(Bytes.EMPTY, inner.get("empty"));
        assertTrue(store.keys().contains("empty"));
        assertTrue(inner.get("y").size() < zeros.length / 10);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void whatWasNotWrittenThroughTheCodecIsRefused(UnaryOperator<Partd<Bytes>> wrapper) {
        Partd<Bytes> store = wrapper.apply(inner);
        inner.append("x", Bytes.utf8("plain text, as a store without codec holds it"));
        inner.append("y", Frames.frame(List.of(Bytes.utf8("a frame, but of plain text"))));
        for (String key : List.of("x", "y")) {
            CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> store.get(key));
            assertTrue(e.file().startsWith("key \"" + key + "\", layer "), e.getMessage());
        }
    }

    @Test
    void longValuesAreSplitIntoFrames() {
        Partd<Bytes> store = new CodecPartd(inner, new SnappyCodec(), "snappy", 1_000);
        byte[] value = Codecs.text(new Random(1), 4_500);
        store.append("x", Bytes.of(value));
        store.putIfAbsent("y", Bytes.of(value));
        assertEquals(Bytes.of(value), store.get("x"));
        assertEquals(Bytes.of(value), store.get("y"));
        assertEquals(List.of(1_000L, 1_000L, 1_000L, 1_000L, 500L), frameSizes("x"));
        assertEquals(frameSizes("x"), frameSizes("y"));
        store.append("z", Bytes.of(Arrays.copyOf(value, 1_000)));
        assertEquals(List.of(1_000L), frameSizes("z"));
    }

    private List<Long> frameSizes(String key) {
        List<Long> sizes = new ArrayList<>();
        FrameReader frames = new FrameReader(inner.get(key), key);
        while (frames.hasNext())
            sizes.add(new SnappyCodec().decode(frames.next()).size());
        return sizes;
    }

    @Test
    void framesMayLieAcrossPieces() {
        Partd<Bytes> store = Partds.zlib(inner);
        store.append("x", Bytes.utf8("Hello "));
        store.append("x", Bytes.utf8("world!"));
        Bytes stored = inner.get("x");
        for (int size = 1; size <= stored.size(); size++) {
            List<Bytes> parts = new ArrayList<>();
            for (long from = 0; from < stored.size(); from += size) {
                parts.add(stored.slice(from, Math.min(stored.size(), from + size)));
            }
            inner.map.put("y", Bytes.concat(parts));
            assertEquals("Hello world!", store.get("y").toUtf8());
        }
    }

    @Test
    void snapshotsAreOfTheMomentTheyWereTaken() {
        Partd<Bytes> store = Partds.zstd(Partds.snappy(inner));
        store.append(Map.of("x", Bytes.utf8("before"), "y", Bytes.utf8("other")));
        List<Supplier<Bytes>> taken = assertInstanceOf(Snapshots.class, store).snapshots(List.of("y", "none", "x"));
        store.append("x", Bytes.utf8(" after"));
        store.delete("y");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    List.of("other", "", "before"),
                    taken.stream().map(h -> h.get().toUtf8()).toList());
        }
    }

    @Test
    void snapshotsAreDecodedOnlyWhenAsked() {
        Partd<Bytes> store = Partds.zlib(inner);
        inner.append("broken", Bytes.utf8("no frames here"));
        Supplier<Bytes> handle = Snapshots.of(store, List.of("broken")).get(0);
        assertThrows(CorruptPartdException.class, handle::get);
    }

    /**
     * Whatever is stored: frames that were written, perhaps in another number or order, or an error that names the key.
     */
    @Test
    void mutatedFrames() {
        Partd<Bytes> store = Partds.zlib(inner);
        List<String> values = List.of("Hello ", "world!", "a longer value ".repeat(30));
        values.forEach(value -> store.append("x", Bytes.utf8(value)));
        byte[] stored = inner.get("x").toArray();
        Fuzz.run("frames", random -> {
            inner.map.put("y", Bytes.of(Fuzz.mutate(random, stored, List.of(stored))));
            try {
                String rest = store.get("y").toUtf8();
                for (String value : values) rest = rest.replace(value, "");
                assertEquals("", rest);
            } catch (CorruptPartdException e) {
                assertEquals("key \"y\", layer zlib,", e.file());
            }
        });
    }

    @Test
    void levelsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Partds.zlib(inner, 10));
        assertThrows(IllegalArgumentException.class, () -> Partds.bz2(inner, 0));
        assertThrows(IllegalArgumentException.class, () -> Partds.blosc(inner, -1));
        assertThrows(IllegalArgumentException.class, () -> Partds.lz4(inner, 18));
        assertThrows(IllegalArgumentException.class, () -> Partds.zstd(inner, 23));
    }
}
