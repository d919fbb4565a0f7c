package io.partd;

import io.partd.base.Failures;
import io.partd.file.StoreFiles;
import io.partd.testing.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The disk is full: what fails says so and what to do, nothing is lost, and with room again all goes on. */
@Tag("optional")
@Timeout(120)
class FullDiskTest {
    @TempDir
    Path parent;

    protected SmallDisk disk;
    private final SortedMap<String, Bytes> expected = new TreeMap<>();

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.tmpfs(parent, 4);
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) disk.close();
    }

    private Path directory() {
        return disk.directory().resolve("store");
    }

    private FilePartd open() {
        return Partds.file(directory());
    }

    private static Bytes value(int number, int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(number).nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private void append(FilePartd store, int number, int length) {
        Map<String, Bytes> values = Map.of("a", value(number, length), "b", value(number + 1, length));
        store.append(values);
        values.forEach((key, value) -> expected.merge(key, value, (old, more) -> Bytes.concat(List.of(old, more))));
    }

    /** Appends until an append fails, which must say why. */
    private void fill(FilePartd store, int length) {
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> {
            for (int i = 0; ; i++) append(store, i, length);
        });
        assertFull(e);
    }

    private void assertFull(UncheckedIOException e) {
        assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        assertTrue(e.getMessage().contains("make room"), e.getMessage());
        assertTrue(e.getMessage().contains(directory().toString()), e.getMessage());
    }

    @Test
    void appendsFailAndGoOn() throws IOException {
        disk.fillUpTo(200);
        try (FilePartd store = open();
                FilePartd other = open()) {
            for (int length : new int[] {50_000, 3000, 100, 1}) {
                fill(store, length);
                assertEquals(expected, StoreFiles.content(store));
                assertEquals(expected, StoreFiles.content(other));
            }
            disk.makeRoom();
            append(store, 100, 100_000);
            append(other, 101, 100_000);
            assertEquals(expected, StoreFiles.content(store));
            store.flush();
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    @Test
    void aLargeAppendFailsInTheMiddle() throws IOException {
        try (FilePartd store = open()) {
            append(store, 1, 100_000);
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> append(store, 2, 3 << 20));
            assertFull(e);
            assertEquals(expected, StoreFiles.content(store));
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    @Test
    void closeWithoutRoomForTheFooter() throws IOException {
        try (FilePartd store = open()) {
            fill(store, 10_000);
            disk.fillUpTo(0);
        }
        assertEquals(expected, StoreFiles.content(directory()));
        try (FilePartd store = open()) {
            assertFull(assertThrows(UncheckedIOException.class, () -> append(store, 1, 10_000)));
            disk.makeRoom();
            assertEquals(expected, StoreFiles.content(store));
        }
    }

    @Test
    void compactionFailsAndLosesNothing() throws IOException {
        try (FilePartd store = open()) {
            for (int i = 0; i < 30; i++) append(store, i, 20_000);
            disk.fillUpTo(10);
            assertFull(assertThrows(UncheckedIOException.class, store::compact));
            assertEquals(expected, StoreFiles.content(store));
            disk.makeRoom();
            append(store, 50, 100);
            store.compact();
            assertEquals(1, store.stats().segments());
            assertEquals(expected, StoreFiles.content(store));
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    /** To drop a store that has filled the disk is how its user makes room. */
    @Test
    void dropGivesRoom() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (FilePartd store = open()) {
                fill(store, 10_000);
                disk.fillUpTo(0);
                store.drop();
                assertEquals(Map.of(), StoreFiles.content(store));
                expected.clear();
                append(store, 1, 50_000);
            }
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    /** A drop says of all segments at once that they do not count: it needs no room for their names. */
    @Test
    void dropOfManySegmentsGivesRoom() throws IOException {
        try (FilePartd store = Partds.file(directory(), FileOptions.defaults().withSegmentBytes(1))) {
            for (int i = 0; i < 450; i++) append(store, i, 10);
            disk.fillUpTo(0);
            store.drop();
            assertEquals(Map.of(), StoreFiles.content(store));
            expected.clear();
            append(store, 1, 50_000);
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    /** Names need room as well: a directory grows by blocks. */
    @Test
    void dropWhereTheDirectoryIsFull() throws IOException {
        try (FilePartd store = open()) {
            append(store, 1, 100_000);
            disk.fillUpTo(0);
            List<Path> names = fillDirectory();
            store.drop();
            expected.clear();
            for (Path name : names) Files.delete(name);
            assertEquals(Map.of(), StoreFiles.content(store));
            append(store, 1, 50_000);
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    /** Tries more names than a block of a directory has, so that hardly any other would find room. */
    private List<Path> fillDirectory() throws IOException {
        List<Path> names = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Path name = directory().resolve("someone-else-has-put-a-file-of-this-name-here-" + i);
            try {
                names.add(Files.createFile(name));
            } catch (IOException e) {
                if (!Failures.isFull(e)) throw e;
            }
        }
        return names;
    }

    @Test
    void aNewStoreOnAFullDisk() throws IOException {
        disk.fillUpTo(0);
        assertFull(assertThrows(UncheckedIOException.class, this::open));
        disk.makeRoom();
        try (FilePartd store = open()) {
            append(store, 1, 100);
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    /** What a killed process has left is read, though there is no room to keep what its recovery finds. */
    @Test
    void recoveryOnAFullDisk() throws IOException {
        try (FilePartd store = open()) {
            append(store, 1, 100_000);
            SortedMap<String, byte[]> files = StoreFiles.take(directory());
            StoreFiles.put(files, disk.directory().resolve("copy"));
        }
        disk.fillUpTo(0);
        assertEquals(expected, StoreFiles.content(disk.directory().resolve("copy")));
    }

    @Test
    void severalThreads() throws IOException {
        try (FilePartd store = open()) {
            List<SortedMap<String, Bytes>> done = new ArrayList<>();
            Workers workers = new Workers();
            for (int i = 0; i < 4; i++) {
                SortedMap<String, Bytes> mine = new TreeMap<>();
                done.add(mine);
                String key = "key" + i;
                workers.start(key, () -> fillOne(store, key, mine));
            }
            workers.join();
            for (SortedMap<String, Bytes> mine : done) expected.putAll(mine);
            assertEquals(expected, StoreFiles.content(store));
            disk.makeRoom();
        }
        assertEquals(expected, StoreFiles.content(directory()));
    }

    private static void fillOne(FilePartd store, String key, SortedMap<String, Bytes> done) {
        int failures = 0;
        for (int i = 0; failures < 5; i++) {
            Bytes value = value(i, 7000);
            try {
                store.append(Map.of(key, value, key + "!", value));
                for (String k : List.of(key, key + "!")) {
                    done.merge(k, value, (old, more) -> Bytes.concat(List.of(old, more)));
                }
            } catch (UncheckedIOException e) {
                assertTrue(e.getMessage().contains("No space left"), e.getMessage());
                failures++;
            }
        }
    }
}
