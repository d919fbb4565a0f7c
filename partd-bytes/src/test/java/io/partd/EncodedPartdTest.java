package io.partd;

import io.partd.base.Piece;
import io.partd.testing.MapPartd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EncodedPartdTest {
    private final MapPartd inner = new MapPartd();
    private final Partd<List<String>> lines = Partds.encode(new Lines(), inner);

    /** Lists of lines, as text with line ends. Text without a line end at its end is corrupt. */
    private static final class Lines implements Encoding<List<String>> {
        @Override
        public Bytes encode(List<String> lines) {
            StringBuilder text = new StringBuilder();
            for (String line : lines) text.append(line).append('\n');
            return Bytes.utf8(text.toString());
        }

        @Override
        public List<String> decode(Bytes bytes) {
            String text = bytes.toUtf8();
            if (!text.endsWith("\n")) throw new CorruptPartdException("lines", text.length(), "no line end");
            return Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
        }

        @Override
        public List<String> join(List<List<String>> lists) {
            List<String> all = new ArrayList<>();
            lists.forEach(all::addAll);
            return all;
        }
    }

    @Test
    void valuesAreFramedAndJoined() {
        lines.append("x", List.of("a", "b"));
        lines.append(Map.of("x", List.of("c"), "y", List.of("d")));
        assertEquals(List.of("a", "b", "c"), lines.get("x"));
        assertEquals(List.of(List.of("d"), List.of(), List.of("a", "b", "c")), lines.get(List.of("y", "z", "x")));
        assertEquals(Bytes.utf8("\4\0\0\0\0\0\0\0a\nb\n\2\0\0\0\0\0\0\0c\n"), inner.get("x"));
    }

    @Test
    void anEmptyValueMakesTheKeyExistAndTakesNoRoom() {
        lines.append("x", List.of());
        assertEquals(Set.of("x"), lines.keys());
        assertEquals(Bytes.EMPTY, inner.get("x"));
        assertEquals(List.of(), lines.get("x"));
        assertTrue(lines.putIfAbsent("x", List.of("head")));
        assertEquals(List.of("head"), lines.get("x"));
    }

    @Test
    void headsGoThroughTheEncodingToo() {
        Map<String, List<String>> heads = Map.of("x", List.of("head"), "y", List.of("other"));
        assertEquals(Set.of("x", "y"), lines.append(Map.of("x", List.of("value")), heads));
        assertEquals(Set.of(), lines.append(Map.of("x", List.of("more")), heads));
        assertEquals(List.of("head", "value", "more"), lines.get("x"));
        assertEquals(List.of("other"), lines.get("y"));
        assertFalse(lines.putIfAbsent("y", List.of("late")));
        assertEquals(Set.of("z"), lines.putIfAbsent(Map.of("y", List.of("late"), "z", List.of("first"))));
    }

    @Test
    void theRestIsTheInnerStores() {
        lines.append("x", List.of("a"));
        lines.append("y", List.of("b"));
        lines.delete("x");
        assertEquals(new TreeSet<>(Set.of("y")), lines.keys());
        lines.flush();
        assertEquals(1, inner.flushes);
        assertSame(inner.lock(), lines.lock());
        lines.drop();
        assertEquals(Set.of(), lines.keys());
    }

    @Test
    void closesTheInnerStoreAndIsClosedItself() {
        lines.close();
        lines.close();
        assertThrows(IllegalStateException.class, () -> lines.append(Map.of()));
        assertThrows(IllegalStateException.class, () -> lines.append("x", List.of("a")));
        assertThrows(IllegalStateException.class, () -> lines.putIfAbsent(Map.of()));
        assertThrows(IllegalStateException.class, () -> lines.get("x"));
        assertThrows(IllegalStateException.class, () -> lines.get(List.of()));
        assertThrows(IllegalStateException.class, lines::keys);
        assertThrows(IllegalStateException.class, lines::flush);
    }

    @Test
    void nullsAreRefusedBeforeAnythingIsWritten() {
        Map<String, List<String>> nullValue = new HashMap<>(Map.of("a", List.of("a")));
        nullValue.put("x", null);
        Map<String, List<String>> nullKey = new HashMap<>(Map.of("a", List.of("a")));
        nullKey.put(null, List.of("b"));
        for (Map<String, List<String>> wrong : Arrays.asList(nullValue, nullKey, null)) {
            assertThrows(NullPointerException.class, () -> lines.append(wrong));
            assertThrows(NullPointerException.class, () -> lines.append(Map.of("a", List.of("a")), wrong));
            assertThrows(NullPointerException.class, () -> lines.putIfAbsent(wrong));
        }
        assertThrows(NullPointerException.class, () -> lines.append("x", null));
        assertThrows(NullPointerException.class, () -> lines.append(null, List.of()));
        assertThrows(NullPointerException.class, () -> Partds.encode(new Lines(), null));
        assertThrows(NullPointerException.class, () -> Partds.encode(null, inner));
        assertEquals(Map.of(), inner.map);
        Exception e = assertThrows(NullPointerException.class, () -> lines.append(nullValue));
        assertEquals("the value of key \"x\" in values", e.getMessage());
    }

    @Test
    void aValueThatCannotBeEncodedLeavesNothingBehind() {
        Map<String, List<String>> values = new HashMap<>(Map.of("a", List.of("a")));
        values.put("x", Collections.unmodifiableList(new ArrayList<>() {
            private static final long serialVersionUID = 1;

            @Override
            public java.util.Iterator<String> iterator() {
                throw new IllegalArgumentException("no");
            }
        }));
        assertThrows(IllegalArgumentException.class, () -> lines.append(values));
        assertEquals(Map.of(), inner.map);
    }

    @Test
    void brokenFramesNameKeyLayerAndOffset() {
        String layer = "key \"x\", layer " + Lines.class.getName() + ",";
        String good = "\2\0\0\0\0\0\0\0a\n";
        assertCorrupt(good + "\2\0\0", layer, 10, "a frame header of 8 bytes is cut off after 3");
        assertCorrupt(good + "\2\0\0\0\0\0\0\0a", layer, 10, "a frame length of 2, where 1 to 1 bytes can follow");
        assertCorrupt("\0\0\0\0\0\0\0\0" + good, layer, 0, "a frame without payload, where 1 to 10 bytes can follow");
        assertCorrupt(
                good + "\0\0\0\0\0\0\0\100a",
                layer,
                10,
                "a frame length of 4611686018427387904, where 1 to 1 bytes can follow");
        byte[] negative = new byte[20];
        Arrays.fill(negative, (byte) 0xff);
        inner.map.put("x", Bytes.of(negative));
        CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> lines.get("x"));
        assertEquals("a frame length of 18446744073709551615, where 1 to 12 bytes can follow", e.reason());
    }

    @Test
    void aBrokenPayloadNamesKeyLayerAndOffset() {
        String layer = "key \"x\", layer " + Lines.class.getName() + ",";
        assertCorrupt("\2\0\0\0\0\0\0\0a\n\1\0\0\0\0\0\0\0b", layer, 19, "no line end");
    }

    private void assertCorrupt(String stored, String source, long offset, String reason) {
        inner.map.put("x", Bytes.utf8(stored));
        CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> lines.get("x"));
        assertEquals(source, e.file());
        assertEquals(offset, e.offset());
        assertEquals(reason, e.reason());
        assertEquals(List.of(), lines.get("y"));
    }

    @Test
    void corruptionBelowIsPassedOnAsItIs() {
        CorruptPartdException below = new CorruptPartdException("segment 7", 3, "checksum");
        inner.map.put("x", Bytes.ofPieces(List.of(new BrokenPiece(below))));
        assertSame(below, assertThrows(CorruptPartdException.class, () -> lines.get("x")));
        assertSame(
                below,
                assertThrows(
                        CorruptPartdException.class, () -> Partds.zlib(inner).get("x")));
    }

    private record BrokenPiece(CorruptPartdException failure) implements Piece {
        @Override
        public long size() {
            return 100;
        }

        @Override
        public void copyTo(long from, long to, java.nio.ByteBuffer dst) {
            throw failure;
        }

        @Override
        public void addBuffers(long from, long to, java.util.Collection<java.nio.ByteBuffer> out) {
            throw failure;
        }
    }
}
