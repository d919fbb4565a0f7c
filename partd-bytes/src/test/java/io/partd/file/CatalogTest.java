package io.partd.file;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.disk.LocalMedium;
import io.partd.log.Medium;
import io.partd.log.RecoveringLoader;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reading on while others change the set of segments, at moments that threads would seldom meet. */
class CatalogTest {
    @TempDir
    Path directory;

    /** The outputs of a compaction have a later stamp than a snapshot that was taken before. */
    @Test
    void aCompactionBetweenTheSnapshotAndTheManifestLosesNothing() throws IOException {
        try (FilePartd store = Partds.file(directory)) {
            store.append("a", Bytes.utf8("1"));
            SharedDirectory shared = SharedDirectory.acquire(directory);
            LocalMedium medium = new LocalMedium(directory);
            try (medium) {
                StoreState state = new Interleaved(shared.control(), store::compact);
                Catalog catalog = new Catalog(medium, state, new RecoveringLoader(medium, shared::isAlive));
                catalog.refresh();
                assertEquals(
                        "1",
                        Door.bytes(catalog.readable().read(List.of("a"))).get(0).toUtf8());
            } finally {
                shared.release();
            }
        }
    }

    /**
     * Without a control file: of two appends to different segments, one after the other, nobody sees the later alone,
     * whenever between two looks at a file they are made.
     */
    @Test
    void whoeverFindsOutByHimselfHowFarTheStoreHasComeSeesAppendsInOrder() throws IOException {
        try (FilePartd one = Partds.file(directory);
                FilePartd two = Partds.file(directory)) {
            one.append("x", Bytes.utf8("0"));
            two.append("y", Bytes.utf8("0"));
            int looks = 1;
            for (int round = 1; round <= looks; round++) {
                String x = one.get("x").toUtf8() + ";" + round;
                String y = two.get("y").toUtf8() + ";" + round;
                Bytes added = Bytes.utf8(";" + round);
                Medium medium = new LocalMedium(directory);
                try (medium) {
                    Countdown sizes = new Countdown(medium, round, () -> {
                        one.append("x", added);
                        two.append("y", added);
                    });
                    Medium watched = sizes.medium();
                    Catalog catalog = new Catalog(watched, new ScannedState(watched), new SegmentLoader(watched));
                    catalog.refresh();
                    List<Bytes> seen = Door.bytes(catalog.readable().read(List.of("x", "y")));
                    if (seen.get(1).toUtf8().equals(y)) {
                        assertEquals(x, seen.get(0).toUtf8(), "the append before was not seen; look " + round);
                    }
                    looks = sizes.asked;
                    catalog.refresh();
                    assertEquals(
                            List.of(one.get("x"), one.get("y")),
                            Door.bytes(catalog.readable().read(List.of("x", "y"))),
                            "all of it, the next time");
                }
            }
            assertTrue(looks > 4, "both passes look at both segments");
        }
    }

    /** Does something when a medium is asked for the size of a file for the n-th time, right after it was looked up. */
    private static final class Countdown {
        private final Medium medium;
        private final int when;
        private final Runnable event;
        private int asked;

        Countdown(Medium medium, int when, Runnable event) {
            this.medium = medium;
            this.when = when;
            this.event = event;
        }

        Medium medium() {
            return (Medium) Proxy.newProxyInstance(
                    Medium.class.getClassLoader(), new Class<?>[] {Medium.class}, (proxy, method, arguments) -> {
                        Object answer;
                        try {
                            answer = method.invoke(medium, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (method.getName().equals("size") && ++asked == when) event.run();
                        return answer;
                    });
        }
    }

    /** The words of a control file, between whose first stamp and what is read next something happens. */
    private static final class Interleaved implements StoreState {
        private final StoreState words;
        private Runnable event;

        Interleaved(StoreState words, Runnable event) {
            this.words = words;
            this.event = event;
        }

        @Override
        public long stamp() throws IOException {
            long stamp = words.stamp();
            Runnable now = event;
            event = () -> {};
            now.run();
            return stamp;
        }

        @Override
        public void advanceStamp(long stamp) {
            words.advanceStamp(stamp);
        }

        @Override
        public long commits() {
            return words.commits();
        }

        @Override
        public long created() {
            return words.created();
        }

        @Override
        public long generation() throws IOException {
            return words.generation();
        }

        @Override
        public void raiseGeneration(long generation) {
            words.raiseGeneration(generation);
        }

        @Override
        public long announceFound(long seen) {
            return words.announceFound(seen);
        }

        @Override
        public long announceFoundSegment(long seen) {
            return words.announceFoundSegment(seen);
        }
    }
}
