package io.partd.disk;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.file.StoreFiles;
import io.partd.log.Contents;
import io.partd.log.Manifest;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentLoader;
import io.partd.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A store of many segments takes no more maps than there are for it. */
@Timeout(60)
class MapBudgetTest {
    private static final int MAPS = 3;
    private static final int SEGMENTS = 8;

    @TempDir
    Path directory;

    private final MapBudget budget = new MapBudget(MAPS);

    private SortedMap<String, Bytes> fill() {
        SortedMap<String, Bytes> expected = new TreeMap<>();
        try (FilePartd store = Partds.file(directory, FileOptions.defaults().withSegmentBytes(1))) {
            for (int i = 0; i < SEGMENTS; i++) {
                byte[] value = new byte[1 << 20];
                new java.util.Random(i).nextBytes(value);
                expected.put("k" + i, Bytes.of(value));
            }
            expected.forEach(store::append);
        }
        return expected;
    }

    @Test
    void whatHasNoMapIsRead() throws IOException {
        SortedMap<String, Bytes> expected = fill();
        try (LocalMedium medium = new LocalMedium(directory, budget)) {
            Contents contents = new Contents(medium, new SegmentLoader(medium), Manifest.load(medium), List.of());
            contents.find(Long.MAX_VALUE);
            for (int round = 0; round < 2; round++) {
                List<Bytes> values = Door.bytes(contents.read(expected.keySet()));
                assertEquals(List.copyOf(expected.values()), values);
            }
            long mapped = contents.segments().stream()
                    .filter(segment -> segment.source.kept() > 0)
                    .count();
            assertEquals(MAPS, mapped);
            assertFalse(budget.tryTake());
        }
    }

    @Test
    void garbageComesBack() throws Exception {
        fill();
        String name = StoreFiles.names(StoreFiles.take(directory), SegmentFormat.SEGMENT)
                .get(0);
        try (LocalMedium medium = new LocalMedium(directory, budget)) {
            List<ByteBuffer> maps = new ArrayList<>();
            for (int i = 0; i < MAPS; i++) maps.add(medium.map(name, 0, 100));
            assertNull(medium.map(name, 0, 100));
            ByteBuffer slice = maps.remove(0).slice(0, 8); // keeps its map
            maps.clear();
            for (int i = 1; i < MAPS; i++) maps.add(mapAfterCollections(medium, name));
            System.gc();
            assertNull(medium.map(name, 0, 100));
            assertEquals(8, slice.remaining());
        }
    }

    private static ByteBuffer mapAfterCollections(LocalMedium medium, String name) throws Exception {
        AtomicReference<ByteBuffer> map = new AtomicReference<>();
        Patience.until("the collector has told of a map", () -> {
            map.set(medium.map(name, 0, 100));
            if (map.get() == null) System.gc();
            return map.get() != null;
        });
        return map.get();
    }

    /** What failed takes none. */
    @Test
    void failuresComeBack() throws IOException {
        try (LocalMedium medium = new LocalMedium(directory, budget)) {
            for (int i = 0; i <= MAPS; i++) {
                try {
                    medium.map("absent", 0, 100);
                } catch (java.nio.file.NoSuchFileException e) {
                    assertTrue(e.getMessage().contains("absent"), e.getMessage());
                }
            }
        }
        for (int i = 0; i < MAPS; i++) assertTrue(budget.tryTake());
        assertFalse(budget.tryTake());
    }

    /** Most of what the system allows is left to the JVM and its application. */
    @Test
    void aShareOfTheSystems() throws IOException {
        Path system = Path.of("/proc/sys/vm/max_map_count");
        int allowed = 65_530;
        if (Files.exists(system)) {
            try (BufferedReader text = Files.newBufferedReader(system)) {
                allowed = Integer.parseInt(text.readLine());
            }
        }
        assertTrue(allowed >= 1000, "no system allows as little as " + allowed);
        assertEquals(allowed / 4, MapBudget.OF_THIS_JVM.limit);
    }
}
