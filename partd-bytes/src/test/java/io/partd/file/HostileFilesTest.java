package io.partd.file;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SampleStores;
import io.partd.log.NewerFormatException;
import io.partd.log.Resealed;
import io.partd.log.SegmentFormat;
import io.partd.testing.BoundedRead;
import io.partd.testing.InMemory;
import io.partd.testing.OneJdk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that no writer leaves, and whose checksums may be right all the same. */
@Tag("slow")
@Timeout(300)
class HostileFilesTest {
    private static final int[] INTS = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 0};
    private static final long[] LONGS = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, 1L << 44};

    @TempDir(factory = InMemory.class)
    Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    /** Every number of every header, trailer, entry and manifest becomes an impossible one, with checksums to match. */
    @Test
    @Tag("slow")
    void wrongNumbersWithRightChecksums() {
        OneJdk.assumeFirst();
        for (SampleStores.Sample sample : SampleStores.all(directory).subList(1, 4)) {
            for (String name : sample.files().keySet()) {
                if (name.equals(ControlFile.FILE)) continue;
                for (int at = 0; at + 8 <= sample.files().get(name).length; at += 4) changeNumbers(sample, name, at);
            }
        }
    }

    private void changeNumbers(SampleStores.Sample sample, String name, int place) {
        for (int number : INTS) change(sample, name, place + " is " + number, bytes -> bytes.putInt(place, number));
        for (long number : LONGS) change(sample, name, place + " is " + number, bytes -> bytes.putLong(place, number));
    }

    private void change(SampleStores.Sample sample, String name, String what, Consumer<ByteBuffer> change) {
        ByteBuffer bytes = ByteBuffer.wrap(sample.files().get(name).clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        Resealed.reseal(name, bytes);
        StoreFiles.put(SampleStores.with(sample, name, bytes.array()), store());
        noOtherFailure(sample.name() + " " + name + ": the number at byte " + what);
    }

    /** A hostile store may hold anything; but it is read, or said to be broken, at little cost. */
    private void noOtherFailure(String what) {
        try {
            BoundedRead.content(store());
        } catch (NewerFormatException e) {
            assertTrue(e.getMessage().contains(store().toString()), what);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void emptyFilesAndZeros() {
        SampleStores.Sample sample = SampleStores.compacted(directory.resolve("a"));
        for (String name : sample.files().keySet()) {
            for (int size : new int[] {0, 1, 63, 64, 4096, 100_000}) {
                StoreFiles.put(SampleStores.with(sample, name, new byte[size]), store());
                noOtherFailure(size + " zeros in " + name);
            }
        }
    }

    /** A broken store can be opened, written to, and dropped, and is as good as new then. */
    @Test
    void aBrokenStoreCanBeDropped() {
        SampleStores.Sample sample = SampleStores.unfinished(directory.resolve("a"));
        String name = StoreFiles.segment(sample.files());
        byte[] bytes = sample.files().get(name);
        bytes[70] ^= 1;
        StoreFiles.put(sample.files(), store());
        try (FilePartd store = Partds.file(store())) {
            store.append("more", Bytes.utf8("x"));
            CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> store.get("more"));
            assertTrue(e.getMessage().contains(name), e.getMessage());
            assertThrows(CorruptPartdException.class, store::keys);
            store.drop();
            store.append("new", Bytes.utf8("y"));
            assertEquals(Map.of("new", Bytes.utf8("y")), StoreFiles.content(store));
        }
        assertEquals(Map.of("new", Bytes.utf8("y")), StoreFiles.content(store()));
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        SampleStores.Sample sample = SampleStores.compacted(directory.resolve("a"));
        StoreFiles.put(sample.files(), store());
        Map<String, String> foreign = new TreeMap<>();
        for (String name :
                new String[] {"notes.txt", "notes.idx", "x.seg", "x.seg.idx", ".hidden", "partd.manifest.bak"}) {
            foreign.put(name, "contents of " + name);
            Files.writeString(store().resolve(name), "contents of " + name);
        }
        Files.createDirectory(store().resolve("directory.seg"));
        Files.createSymbolicLink(store().resolve("link.seg"), Path.of("nowhere"));
        assertEquals(sample.content(), StoreFiles.content(store()));
        try (FilePartd store = Partds.file(store())) {
            store.compact();
            store.drop();
            store.append("k", Bytes.utf8("v"));
        }
        assertEquals(Map.of("k", Bytes.utf8("v")), StoreFiles.content(store()));
        for (var file : foreign.entrySet()) {
            assertEquals(file.getValue(), Files.readString(store().resolve(file.getKey())));
        }
        assertTrue(Files.isDirectory(store().resolve("directory.seg")));
    }

    /** What a process that was killed in a drop, a compaction or a recovery has not renamed any more. */
    @Test
    void temporariesAreRemoved() throws IOException {
        SampleStores.Sample sample = SampleStores.compacted(directory.resolve("a"));
        StoreFiles.put(sample.files(), store());
        String segment = StoreFiles.names(sample.files(), SegmentFormat.SEGMENT).get(0);
        for (String name : List.of(SegmentFormat.MANIFEST, segment + SegmentFormat.SIDECAR)) {
            Files.writeString(store().resolve(name + "." + UUID.randomUUID() + ".tmp"), "half of it");
        }
        Files.writeString(store().resolve("foreign.tmp"), "stays");
        assertEquals(sample.content(), StoreFiles.content(store()));
        assertEquals(List.of("foreign.tmp"), StoreFiles.names(StoreFiles.take(store()), ".tmp"));
    }

    @Test
    void aDirectoryInThePlaceOfASegment() throws IOException {
        String name = "0".repeat(32) + SegmentFormat.SEGMENT;
        Files.createDirectories(store().resolve(name));
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> StoreFiles.content(store()));
        assertTrue(e.getMessage().contains(name), e.getMessage());
    }

    /** A copy under another name would count twice. */
    @Test
    void aRenamedSegmentIsRefused() {
        SampleStores.Sample sample = SampleStores.synced(directory.resolve("a"));
        String name = StoreFiles.segment(sample.files());
        String other = name.substring(0, 31) + (name.charAt(31) == '0' ? '1' : '0') + name.substring(32);
        StoreFiles.put(SampleStores.with(sample, other, sample.files().get(name)), store());
        assertNull(BoundedRead.content(store()));
    }

    /** What the file system says of its size is no reason to allocate that. */
    @Test
    void sparseFilesOfImpossibleSize() throws IOException {
        for (SampleStores.Sample sample : SampleStores.all(directory)) {
            for (String name : sample.files().keySet()) {
                if (name.equals(ControlFile.FILE)) continue;
                StoreFiles.put(sample.files(), store());
                try (var file = new RandomAccessFile(store().resolve(name).toFile(), "rw")) {
                    file.setLength(name.endsWith(SegmentFormat.SEGMENT) ? 300 << 20 : 3L << 30);
                }
                noOtherFailure("zeros behind " + name);
            }
        }
    }
}
