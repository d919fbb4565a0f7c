package io.partd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Reading on while others change the set of segments, at moments that threads would seldom meet. */
class CatalogTest {
    @TempDir
    Path directory;

    /** The outputs of a compaction have a later stamp than a snapshot that was taken before. */
    @Test
    void aCompactionBetweenTheSnapshotAndTheManifestLosesNothing() throws IOException {
        try (FilePartd store = Partds.file(directory)) {
            store.append("a", Bytes.utf8("1"));
            LocalStore shared = LocalStore.acquire(directory);
            LocalMedium medium = new LocalMedium(directory);
            try (medium) {
                StoreState state = new Interleaved(shared.control(), store::compact);
                Catalog catalog = new Catalog(medium, state, new SegmentLoader(medium, shared::isAlive));
                catalog.refresh();
                assertEquals("1", catalog.read(List.of("a")).get(0).toUtf8());
            } finally {
                shared.release();
            }
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
