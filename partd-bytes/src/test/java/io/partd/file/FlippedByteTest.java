package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SampleStores;
import io.partd.log.SegmentFormat;
import io.partd.testing.BoundedRead;
import io.partd.testing.InMemory;
import io.partd.testing.OneJdk;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * One byte of a store's files is wrong: every append is there, or the store says that it is corrupt. Never a wrong or
 * short value, never another failure, never memory for a wrong length.
 */
@Timeout(120)
class FlippedByteTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    private int corrupt;
    private int whole;

    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    @Test
    void unfinishedSegment() {
        flipAll(SampleStores.unfinished(directory.resolve("x")), SegmentFormat.SEGMENT);
        assertTrue(corrupt > 0);
    }

    @Test
    void finishedSegment() {
        flipAll(SampleStores.finished(directory.resolve("x")), SegmentFormat.SEGMENT);
        assertTrue(corrupt > 0 && whole > 0, "a segment without its footer is as good");
    }

    @Test
    void syncedSegment() {
        flipAll(SampleStores.synced(directory.resolve("x")), SegmentFormat.SEGMENT);
        assertTrue(corrupt > 0 && whole > 0, "a segment without its footer is as good");
    }

    @Test
    void recoveredSegment() {
        flipAll(SampleStores.recovered(directory.resolve("x")), SegmentFormat.SEGMENT);
        assertTrue(corrupt > 0);
    }

    @Test
    void sidecar() {
        flipAll(SampleStores.recovered(directory.resolve("x")), SegmentFormat.SIDECAR);
        assertEquals(0, corrupt, "a sidecar can be made again");
    }

    @Test
    @Tag("slow")
    void compactedStore() {
        flipAll(SampleStores.compacted(directory.resolve("x")), SegmentFormat.SEGMENT);
        assertTrue(corrupt > 0);
    }

    @Test
    void manifest() {
        flipAll(SampleStores.compacted(directory.resolve("x")), SegmentFormat.MANIFEST);
        assertEquals(0, whole, "nothing else says which segments count");
    }

    @Test
    @Tag("slow")
    void controlFile() {
        flipAll(SampleStores.finished(directory.resolve("x")), ControlFile.FILE);
        flipAll(SampleStores.compacted(directory.resolve("y")), ControlFile.FILE);
        assertEquals(0, corrupt, "all of it can be rebuilt");
    }

    private void flipAll(SampleStores.Sample sample, String kind) {
        Path copy = directory.resolve("copy");
        for (String name : StoreFiles.names(sample.files(), kind)) {
            byte[] bytes = sample.files().get(name);
            for (int at = 0; at < bytes.length; at++) {
                if (kind.equals(ControlFile.FILE) && at >= 512 && at % 8 != 0) continue; // nothing is kept there
                flip(sample, copy, name, at, at % 3 == 0 ? 0xff : 1 << at % 8);
                if (bytes.length < 600) flip(sample, copy, name, at, 0x80);
            }
        }
    }

    private void flip(SampleStores.Sample sample, Path copy, String name, int at, int flip) {
        byte[] flipped = sample.files().get(name).clone();
        flipped[at] ^= (byte) flip;
        StoreFiles.put(SampleStores.with(sample, name, flipped), copy);
        String what = sample.name() + ": " + name + ", byte " + at + " of " + flipped.length + " ^ " + flip;
        SortedMap<String, Bytes> content;
        try {
            content = BoundedRead.content(copy);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        if (content == null) corrupt++;
        else whole++;
        if (content == null) return;
        assertEquals(sample.content(), content, what);
        if (name.equals(ControlFile.FILE)) workOn(sample, copy, what);
    }

    /** Whatever the control file said: what is appended now comes last, and a compaction leaves one chunk of it. */
    private static void workOn(SampleStores.Sample sample, Path copy, String what) {
        SortedMap<String, Bytes> expected = new TreeMap<>(sample.content());
        expected.put("b", Bytes.utf8(expected.get("b").toUtf8() + "last"));
        try (FilePartd store = Partds.file(copy);
                FilePartd other = Partds.file(copy)) {
            store.append("b", Bytes.utf8("last"));
            assertEquals(expected, StoreFiles.content(other), what);
            store.compact();
            assertEquals(1, other.stats().chunksPerKey().get("b"), what);
            store.flush();
            assertEquals(expected, StoreFiles.content(other), what);
        }
    }
}
