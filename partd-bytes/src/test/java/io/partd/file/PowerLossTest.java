package io.partd.file;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.CrashRun;
import io.partd.testing.InMemory;
import io.partd.testing.OneJdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The power is lost: what was flushed is there, nothing that was deleted is back, no half of an append is there, and
 * the store opens, reads and goes on. A round is repeated with {@code -Dpartd.power.seed}.
 */
class PowerLossTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    /** The model of the disk sees each change. */
    @BeforeEach
    void pause() {
        RoomKeeper.pause(true);
        OneJdk.assumeFirst();
    }

    @AfterEach
    void goOn() {
        RoomKeeper.pause(false);
    }

    @Test
    void rounds() {
        run(150);
    }

    @Test
    @Tag("slow")
    void manyRounds() {
        run(1000);
    }

    private void run(int rounds) {
        Long only = Long.getLong("partd.power.seed");
        long seed = only != null ? only : System.nanoTime();
        System.out.println("PowerLossTest: " + rounds + " rounds from seed " + seed);
        for (int i = 0; i < (only != null ? 1 : rounds); i++) {
            try {
                new Round(new Random(seed + i), directory.resolve("round")).run();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("repeat with -Dpartd.power.seed=" + (seed + i), e);
            }
        }
    }

    /** Some crashes of one store, each after some operations of some handles. */
    private static final class Round {
        private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

        private final Random random;
        private final Path directory;
        private final CrashRun done = new CrashRun();
        private final FileOptions options;
        private final int longest;
        private final List<FilePartd> handles = new ArrayList<>();
        private PowerLoss loss;

        Round(Random random, Path directory) {
            this.random = random;
            this.directory = directory;
            FileOptions small = FileOptions.defaults().withSegmentBytes(random.nextInt(3) > 0 ? 1 << 30 : 20_000);
            this.options = small.withFsync(random.nextInt(4) == 0);
            this.longest = List.of(40, 3000, 20_000, 150_000).get(random.nextInt(4));
        }

        void run() {
            StoreFiles.delete(directory);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                work();
                StoreFiles.put(crash(), directory);
                SortedMap<String, Bytes> read = readOnly();
                done.check(StoreFiles.content(directory));
                assertEquals(done.expected(), StoreFiles.content(directory), "read again");
                assertEquals(done.expected(), read, "by who only read it, before");
            }
            goOn();
        }

        private SortedMap<String, Bytes> readOnly() {
            try (FilePartd store = Partds.file(directory, FileOptions.readOnly())) {
                return StoreFiles.content(store);
            }
        }

        private void work() {
            for (int i = 1 + random.nextInt(3); i > 0; i--) handles.add(Partds.file(directory, options));
            loss = new PowerLoss(random, StoreFiles.take(directory));
            for (int i = random.nextInt(25); i > 0; i--) {
                operate();
                loss.written(StoreFiles.take(directory));
            }
            assertEquals(done.expected(), StoreFiles.content(handles.get(0)), "before the power is lost");
        }

        private void operate() {
            int at = random.nextInt(handles.size());
            FilePartd store = handles.get(at);
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> flush(store);
                case 3, 4 -> delete(store);
                case 5 -> reopen(at);
                case 6 -> compact(store);
                case 7 -> drop(store);
                default -> append(store);
            }
        }

        private Set<String> someKeys() {
            Set<String> keys = new TreeSet<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) keys.add(KEYS.get(random.nextInt(KEYS.size())));
            return keys;
        }

        private void append(FilePartd store) {
            Set<String> keys = someKeys();
            int[] lengths = random.ints(keys.size(), 0, longest).toArray();
            store.append(done.append(keys, lengths, random.nextInt(4) == 0));
            if (options.fsync()) allSynced();
        }

        private void delete(FilePartd store) {
            Set<String> keys = someKeys();
            SortedMap<String, byte[]> before = StoreFiles.take(directory);
            store.delete(keys);
            done.delete(keys);
            SortedMap<String, byte[]> after = StoreFiles.take(directory);
            // what empties a store may drop it
            if (!Arrays.equals(before.get(SegmentFormat.MANIFEST), after.get(SegmentFormat.MANIFEST))) {
                loss.namesSynced(before.keySet(), after);
            }
            if (options.fsync()) allSynced();
        }

        private void flush(FilePartd store) {
            store.flush();
            allSynced();
        }

        private void allSynced() {
            loss.synced(StoreFiles.take(directory));
            done.flushed();
        }

        /** The footers that this writes are not synced. */
        private void reopen(int at) {
            handles.get(at).close();
            loss.written(StoreFiles.take(directory));
            handles.set(at, Partds.file(directory, options));
        }

        private void compact(FilePartd store) {
            SortedMap<String, byte[]> before = StoreFiles.take(directory);
            loss.written(before);
            store.compact();
            loss.namesSynced(before.keySet(), StoreFiles.take(directory));
        }

        private void drop(FilePartd store) {
            SortedMap<String, byte[]> before = StoreFiles.take(directory);
            store.drop();
            loss.namesSynced(before.keySet(), StoreFiles.take(directory));
            done.dropped();
        }

        private SortedMap<String, byte[]> crash() {
            if (random.nextBoolean()) closeAll();
            SortedMap<String, byte[]> left = loss.strike(StoreFiles.take(directory));
            closeAll();
            return left;
        }

        private void closeAll() {
            handles.forEach(FilePartd::close);
            handles.clear();
        }

        /** After all that, it is a store like any other. */
        private void goOn() {
            try (FilePartd store = Partds.file(directory, options)) {
                store.append(done.append(Set.of("a", "new"), new int[] {5, 5}, false));
                assertEquals(done.expected(), StoreFiles.content(store));
                store.compact();
                assertEquals(done.expected(), StoreFiles.content(store));
            }
            assertEquals(done.expected(), StoreFiles.content(directory));
        }
    }
}
