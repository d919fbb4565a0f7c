package io.partd;

import io.partd.file.StoreFiles;
import io.partd.log.SegmentFormat;
import io.partd.testing.InMemory;
import io.partd.testing.TornStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A segment that ends anywhere, as a crash leaves it: what lies wholly before the end is there, and nothing else. */
class TornSegmentTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    private Path original() {
        return directory.resolve("original");
    }

    @Test
    void cutAtEveryByte() {
        TornStore torn = TornStore.small(original());
        assertEquals(8, torn.steps().size());
        int size = segment(torn.unfinished()).length;
        assertTrue(segment(torn.finished()).length > size, "closing wrote a footer");
        for (int cut = 0; cut <= size; cut++) expect(torn, torn.unfinished(), cut);
    }

    @Test
    void cutInTheFooter() {
        TornStore torn = TornStore.small(original());
        int from = segment(torn.unfinished()).length;
        int size = segment(torn.finished()).length;
        for (int cut = from; cut <= size; cut++) expect(torn, torn.finished(), cut);
    }

    @Test
    void cutAroundBlocks() {
        long seed = System.nanoTime();
        System.out.println("cutAroundBlocks: seed " + seed);
        Random random = new Random(seed);
        TornStore torn = TornStore.large(original(), random);
        for (int cut : cuts(torn, random)) expect(torn, torn.unfinished(), cut);
    }

    /** Around each end of a record and each page and block, anywhere, and all of the last record. */
    private static List<Integer> cuts(TornStore torn, Random random) {
        int size = segment(torn.unfinished()).length;
        List<Integer> cuts = new ArrayList<>();
        for (TornStore.Step step : torn.steps()) {
            for (int i = -1; i <= 1; i++) cuts.add((int) step.end() + i);
        }
        for (int at = SegmentFormat.MAX_BLOCK; at < size; at += SegmentFormat.MAX_BLOCK)
            cuts.addAll(List.of(at - 1, at, at + 1));
        for (int i = 0; i < 100; i++) cuts.add(random.nextInt(size));
        for (long at = torn.steps().get(torn.steps().size() - 2).end(); at < size; at++) cuts.add((int) at);
        cuts.removeIf(cut -> cut < 0 || cut > size);
        return cuts;
    }

    /** The file system may have made the file longer without its bytes. */
    @Test
    void zerosBehindTheCut() {
        TornStore torn = TornStore.small(original());
        byte[] whole = segment(torn.unfinished());
        for (TornStore.Step step : torn.steps()) {
            for (int zeros : new int[] {1, 7, 64, 4096, 300_000}) {
                byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, (int) step.end()), (int) step.end() + zeros);
                assertEquals(step.content(), content(torn.unfinished(), zeroed), zeros + " zeros from " + step.end());
            }
        }
    }

    /** What is appended behind a torn store, whole or compacted, comes behind what was saved of it. */
    @Test
    void workGoesOnBehindTheCut() {
        TornStore torn = TornStore.small(original());
        byte[] whole = segment(torn.unfinished());
        for (int cut = 1; cut <= whole.length; cut += 41) {
            SortedMap<String, Bytes> expected = new TreeMap<>(torn.contentAt(cut));
            Path copy = directory.resolve("copy" + cut);
            StoreFiles.put(with(torn.unfinished(), Arrays.copyOf(whole, cut)), copy);
            try (FilePartd store = Partds.file(copy)) {
                store.append("new", Bytes.utf8("1"));
                if (cut % 2 == 0) store.compact();
                store.append("new", Bytes.utf8("2"));
            }
            expected.put("new", Bytes.utf8("12"));
            assertEquals(expected, StoreFiles.content(copy), "cut at " + cut);
        }
    }

    private void expect(TornStore torn, SortedMap<String, byte[]> files, int cut) {
        byte[] whole = segment(files);
        assertEquals(
                torn.contentAt(cut),
                content(files, Arrays.copyOf(whole, cut)),
                () -> "cut at " + cut + " of " + whole.length + "; records end at " + torn.steps());
    }

    /** What a copy holds that has this segment; read twice, for the first reading keeps what it found. */
    private SortedMap<String, Bytes> content(SortedMap<String, byte[]> files, byte[] segment) {
        Path copy = directory.resolve("copy");
        StoreFiles.put(with(files, segment), copy);
        SortedMap<String, Bytes> content = StoreFiles.content(copy);
        assertEquals(content, StoreFiles.content(copy), "read again");
        return content;
    }

    private static byte[] segment(SortedMap<String, byte[]> files) {
        return files.get(StoreFiles.segment(files));
    }

    private static Map<String, byte[]> with(SortedMap<String, byte[]> files, byte[] segment) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(StoreFiles.segment(files), segment);
        return changed;
    }
}
