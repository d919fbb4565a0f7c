package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.testing.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Numbered manifests and indexes of several segments: what was written is read, and nothing else is believed. */
final class NumberedManifestTest {
    private static final String INDEX = "partd.index-00000000-0000-0001-0000-000000000002";
    private static final String SEGMENT = "1fffffffffffffff0123456789abcdef.seg";

    private static SegmentIndexes indexes() {
        Index index = new Index();
        ByteBuffer key = ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8));
        index.add(key, 0, 3, 1, 0, 200, 10, 0xabcdL);
        index.add(key, 0, 3, 2, 0, 2000, 20_000, 1800);
        index.add(key, 0, 2, 2, 0, 32_000, 0, 0);
        return new SegmentIndexes(
                List.of(SealedSegment.of(SEGMENT, 50_000, 0, index, 40_000)), List.of("removed", "\u00e4"));
    }

    private static Generation generation() {
        ByteBuffer whole = indexes().encode();
        IndexPart part = new IndexPart(INDEX, whole.limit(), SegmentFormat.crc(whole, 0, whole.limit()), 77);
        return new Generation(
                3,
                99,
                new UUID(5, 6),
                List.of(part),
                List.of(new Generation.Job("job 1", 2, 1_000), new Generation.Job("job 2", 3, 2_000)),
                Map.of("schema", "{}", "partitioner", "hash(64)"));
    }

    private static String golden(String name) throws IOException {
        try (var in = NumberedManifestTest.class.getResourceAsStream("/golden/format/v1-parts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
        }
    }

    private static String hex(ByteBuffer whole) {
        return HexFormat.of().formatHex(whole.array(), 0, whole.limit());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** To be run once for each version of the format. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0], "manifest.hex"), hex(generation().encode()) + "\n");
        Files.writeString(Path.of(args[0], "index.hex"), hex(indexes().encode()) + "\n");
    }

    @Test
    void version1IsWrittenAndRead() throws IOException {
        assertEquals(golden("manifest.hex"), hex(generation().encode()));
        assertEquals(generation(), Generation.decode(bytes(golden("manifest.hex")), "x"));
        assertEquals(golden("index.hex"), hex(indexes().encode()));
        assertEquals(indexes(), SegmentIndexes.decode(bytes(golden("index.hex")), "x"));
        Index read = new Index();
        SealedSegment segment = indexes().segments().get(0);
        IndexCodec.decode(
                segment.index().duplicate().order(ByteOrder.LITTLE_ENDIAN), read, 0, 0, segment.footer(), 0, "x");
        assertEquals("[ke, key]", read.keys().toString());
    }

    @Test
    void aPartKnowsItsFile() {
        ByteBuffer whole = indexes().encode();
        IndexPart part = generation().parts().get(0);
        assertEquals(indexes(), part.decode(whole, "x"));
        whole.put(whole.limit() - 20, (byte) ~whole.get(whole.limit() - 20));
        assertThrows(CorruptPartdException.class, () -> part.decode(whole, "x"));
    }

    @Test
    void namesThatLeaveTheDirectoryAreCorrupt() {
        for (String name : List.of("../" + INDEX.substring(3), INDEX + "x", "partd.index-", SEGMENT)) {
            Generation evil =
                    new Generation(1, 1, new UUID(0, 0), List.of(new IndexPart(name, 1, 1, 1)), List.of(), Map.of());
            ByteBuffer whole = evil.encode();
            assertThrows(CorruptPartdException.class, () -> Generation.decode(whole, "x"), name);
        }
        Index none = new Index();
        SealedSegment evil = SealedSegment.of("../etc/passwd/0123456789abcdef012345.seg", 1, 0, none, 0);
        ByteBuffer whole = new SegmentIndexes(List.of(evil), List.of()).encode();
        assertThrows(CorruptPartdException.class, () -> SegmentIndexes.decode(whole, "x"));
    }

    @Test
    void manyIndexesBecomeSeveralFiles() {
        Index index = new Index();
        byte[] key = new byte[60_000];
        for (int i = 0; i < 300; i++) {
            key[0] = (byte) i;
            key[1] = (byte) (i >> 8);
            index.add(ByteBuffer.wrap(key), 0, key.length, 1, 0, 200, 10, 1);
        }
        SealedSegment large = SealedSegment.of(SEGMENT, 50_000, 0, index, 40_000); // 18 MB
        List<SegmentIndexes> parts = new SegmentIndexes(List.of(large, large, large, large), List.of("k")).split();
        assertEquals(
                List.of(3, 1),
                parts.stream().map(part -> part.segments().size()).toList());
        assertEquals(
                List.of(List.of("k"), List.of()),
                parts.stream().map(SegmentIndexes::removed).toList());
    }

    /** Also with a right checksum: then only what is possible comes out, or the file is said to be corrupt. */
    @Test
    void nothingElseIsBelieved() {
        fuzz("the numbered manifest", generation().encode(), whole -> Generation.decode(whole, "x"));
        fuzz("the index of several segments", indexes().encode(), whole -> {
            for (SealedSegment segment : SegmentIndexes.decode(whole, "x").segments()) {
                Index index = new Index();
                ByteBuffer entries = segment.index().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                IndexCodec.decode(entries, index, 0, segment.start(), segment.footer(), 5, "x");
                index.views();
            }
        });
    }

    private static void fuzz(String what, ByteBuffer good, Consumer<ByteBuffer> decode) {
        byte[] content = new byte[good.limit() - 4];
        good.get(0, content);
        Fuzz.run(what, random -> {
            byte[] mutated = Fuzz.mutate(random, content, List.of(content));
            ByteBuffer whole = ByteBuffer.allocate(mutated.length + 4).order(ByteOrder.LITTLE_ENDIAN);
            whole.put(mutated)
                    .putInt(SegmentFormat.crc(whole, 0, mutated.length))
                    .flip();
            try {
                decode.accept(whole);
            } catch (CorruptPartdException | NewerFormatException e) {
                assertTrue(e.getMessage().startsWith("x "), e.getMessage());
            }
        });
    }
}
