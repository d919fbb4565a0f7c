package io.partd.log;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SampleStores;
import io.partd.file.StoreFiles;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.testing.BoundedRead;
import io.partd.testing.InMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Marks as bytes: what they are, that records without one are as they were, and that nothing in them is believed. */
class MarkEntryTest {
    private static final UUID OWNER = new UUID(0x0102030405060708L, 0x1112131415161718L);
    /** Segment header, record header, and nothing before the mark. */
    private static final int AT = SegmentHeader.SIZE + RecordHeader.SIZE;

    @TempDir(factory = InMemory.class)
    Path directory;

    private static Mark mark() {
        BitSet written = new BitSet();
        written.set(9);
        return new Mark(OWNER, 5, 3, 1 << 20, 0xcafe, written, 77);
    }

    /** As docs/format.md has it. */
    @Test
    void byteByByte() {
        ByteBuffer bytes = SegmentFormat.allocate(100);
        assertEquals(4 + 62, MarkEntry.write(bytes, 4, mark()));
        assertEquals(62, MarkEntry.size(mark()));
        assertEquals(0, bytes.getShort(4));
        assertEquals(2, bytes.getShort(6));
        assertEquals(2, bytes.getInt(8));
        assertEquals(OWNER.getMostSignificantBits(), bytes.getLong(12));
        assertEquals(OWNER.getLeastSignificantBits(), bytes.getLong(20));
        assertEquals(5, bytes.getLong(28));
        assertEquals(3, bytes.getLong(36));
        assertEquals(1 << 20, bytes.getLong(44));
        assertEquals(77, bytes.getLong(52));
        assertEquals(0xcafe, bytes.getInt(60));
        assertEquals(0, bytes.get(64));
        assertEquals(2, bytes.get(65));
        assertEquals(66, MarkEntry.end(bytes, 4, 66));
        assertEquals(mark(), MarkEntry.read(bytes, 4, 99));
        assertEquals(-1, MarkEntry.end(bytes, 4, 65), "it passes the end");
        assertEquals(-1, MarkEntry.end(bytes, 4, 63));
        assertEquals(99, MarkEntry.read(bytes.putLong(52, 0), 4, 99).stamp(), "that of the record");
    }

    /** The sum is that of the bytes that the writer wrote when there were no marks. */
    @Test
    void recordsWithoutMarksAreAsTheyWere() throws IOException {
        Sum sum = new Sum();
        RecordWriter writer = new RecordWriter();
        SegmentHeader header = new SegmentHeader(1, 2, 3, 4, false);
        DirectoryLog log = new DirectoryLog(1, "segment");
        Map<String, Bytes> values = new TreeMap<>();
        for (int i = 0; i < 9; i++) values.put("key" + i, Bytes.of(new byte[i * 3000]));
        Map<String, Bytes> heads = new TreeMap<>(Map.of("key1", Bytes.utf8("head"), "ключ", Bytes.utf8("kopf")));
        long end = writer.write(sum, 0, header, Door.content(values, heads), 77, 0, log);
        end = writer.write(sum, end, header, Door.content(values, heads).withHeadsOf(Set.of("key1")), 78, 0, log);
        values.put("large", Bytes.of(new byte[3_000_000]));
        end = writer.write(sum, end, header, Door.content(values, heads), 79, 0, log);
        end = writer.write(sum, end, header, RecordContent.delete(values.keySet()), 80, 0, log);
        assertEquals(3_325_824, end);
        assertEquals(0xb17e71baL, sum.crc.getValue());
    }

    private static final class Sum implements Sink {
        final CRC32C crc = new CRC32C();

        @Override
        public void write(ByteBuffer[] buffers, int count) {
            for (int i = 0; i < count; i++) crc.update(buffers[i]);
        }

        @Override
        public void sync() {}

        @Override
        public void seal() {}

        @Override
        public void abort() {}
    }

    /** A store of one record with one mark, whose writer was killed. */
    private SortedMap<String, byte[]> store() {
        Path store = directory.resolve("store");
        StoreFiles.delete(store);
        try (FilePartd open = Partds.file(store)) {
            MarkedStores.of(open).append(Map.of(), Map.of(), List.of(mark().at(0)));
            return StoreFiles.take(store);
        }
    }

    /** What a reader says of the store after a change whose checksums are right. */
    private SortedMap<String, Bytes> changed(SortedMap<String, byte[]> files, String end, Consumer<ByteBuffer> change) {
        String name = StoreFiles.names(files, end).get(0);
        SortedMap<String, byte[]> copy = new TreeMap<>(files);
        ByteBuffer bytes = ByteBuffer.wrap(files.get(name).clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        Resealed.reseal(name, bytes);
        copy.put(name, bytes.array());
        Path store = directory.resolve("changed");
        StoreFiles.put(copy, store);
        return BoundedRead.content(store);
    }

    private void expectCorrupt(String what, Consumer<ByteBuffer> change) {
        assertNull(changed(store(), SegmentFormat.SEGMENT, change), what);
    }

    @Test
    void impossibleMarksAreCorruption() {
        assertNotNull(changed(store(), SegmentFormat.SEGMENT, bytes -> {}));
        for (int flags : new int[] {3, 4, 6, 0x8002, 0x7fff, 0xffff}) {
            expectCorrupt("flags " + flags, bytes -> bytes.putShort(AT + 2, (short) flags));
        }
        expectCorrupt("a key", bytes -> bytes.putShort(AT, (short) 3));
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, 5}) {
            expectCorrupt("bits " + length, bytes -> bytes.putInt(AT + 4, length));
        }
        expectCorrupt("number", bytes -> bytes.putLong(AT + 24, 3));
        expectCorrupt("number", bytes -> bytes.putLong(AT + 24, -5));
        expectCorrupt("settled", bytes -> bytes.putLong(AT + 32, 5));
        expectCorrupt("settled", bytes -> bytes.putLong(AT + 32, -1));
        expectCorrupt("length", bytes -> bytes.putLong(AT + 40, -1));
        expectCorrupt("stamp", bytes -> bytes.putLong(AT + 48, -1));
        expectCorrupt("stamp", bytes -> bytes.putLong(AT + 48, Long.MAX_VALUE));
        expectCorrupt("a delete", bytes -> bytes.putInt(SegmentHeader.SIZE + 4, RecordHeader.DELETE));
        expectCorrupt("two marks", bytes -> bytes.putInt(SegmentHeader.SIZE + 8, 2));
    }

    /** Version 1 knows two flags, of any entry. */
    @Test
    void unknownFlagsAreCorruption() {
        Path store = directory.resolve("store");
        try (FilePartd open = Partds.file(store)) {
            open.append("k", Bytes.utf8("v"));
            SortedMap<String, byte[]> files = StoreFiles.take(store);
            assertNotNull(changed(files, SegmentFormat.SEGMENT, bytes -> bytes.putShort(AT + 2, (short) 1)));
            assertNull(changed(files, SegmentFormat.SEGMENT, bytes -> bytes.putShort(AT + 2, (short) 4)));
        }
    }

    /** An index is worth nothing more than what it was made from: a wrong one with right sums is corruption, too. */
    @Test
    void impossibleMarksInASidecar() {
        SampleStores.Sample recovered = SampleStores.recovered(directory.resolve("r"));
        SortedMap<String, byte[]> files = recovered.files();
        ByteBuffer sidecar = ByteBuffer.wrap(
                        files.get(StoreFiles.names(files, SegmentFormat.SIDECAR).get(0)))
                .order(ByteOrder.LITTLE_ENDIAN);
        int at = marksSection(sidecar);
        assertNotNull(changed(files, SegmentFormat.SIDECAR, bytes -> {}));
        for (int count : new int[] {0, -1, Integer.MAX_VALUE, 3, 1}) {
            assertNull(changed(files, SegmentFormat.SIDECAR, bytes -> bytes.putInt(at + 4, count)), "count " + count);
        }
        assertNull(changed(files, SegmentFormat.SIDECAR, bytes -> bytes.putInt(at + 16 + 4, 1 << 29)));
        assertNull(changed(files, SegmentFormat.SIDECAR, bytes -> bytes.putLong(at + 16 + 48, -1)));
    }

    /** Where the section without a key begins: behind those with one. */
    private static int marksSection(ByteBuffer sidecar) {
        int at = 0;
        while (sidecar.getInt(at) != 0) {
            at += 16 + (int) SegmentFormat.align(sidecar.getInt(at)) + 32 * sidecar.getInt(at + 4);
        }
        assertTrue(at < sidecar.limit() - Footer.SIZE);
        return at;
    }

    @Test
    void aMarkOfManyHeads() {
        Map<String, Bytes> heads = new TreeMap<>();
        for (int i = 0; i < 600_000; i++) heads.put(Integer.toString(i, 36), Bytes.EMPTY);
        Path store = directory.resolve("store");
        try (FilePartd open = Partds.file(store)) {
            MarkedStores.of(open).append(Map.of(), heads, List.of(Mark.of(OWNER, 1, 0, 1, 1)));
        }
        try (FilePartd open = Partds.file(store)) {
            Mark made = MarkedStores.of(open).marks(OWNER).made().get(1L);
            assertEquals(600_000, made.written().cardinality());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> MarkedStores.of(open).append(Map.of("", Bytes.EMPTY), Map.of(), List.of(mark())));
        }
    }
}
