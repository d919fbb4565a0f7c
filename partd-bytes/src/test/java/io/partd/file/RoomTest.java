package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.disk.LocalMedium;
import io.partd.log.GrowingMedium;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentLoader;
import io.partd.testing.Traced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files of which nothing counts any more go, though somebody closed, failed or died before he could remove them. */
@Timeout(60)
class RoomTest {
    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void noThreadIsFaster() throws IOException {
        directory = Files.createDirectory(parent.resolve("store"));
        RoomKeeper.pause(true);
    }

    @AfterEach
    void goOn() {
        RoomKeeper.pause(false);
    }

    private static List<String> segments(Path directory) {
        return StoreFiles.names(StoreFiles.take(directory), SegmentFormat.SEGMENT);
    }

    @Test
    void ofAHandleThatCloses() {
        try (FilePartd dropping = Partds.file(directory)) {
            try (FilePartd writing = Partds.file(directory)) {
                writing.append("k", Bytes.utf8("v"));
                dropping.drop();
                assertEquals(1, segments(directory).size());
            }
            assertEquals(List.of(), segments(directory));
            assertEquals(Bytes.EMPTY, dropping.get("k"));
        }
    }

    /** In a copy of the files nobody has them open any more, as if the process had been killed. */
    @Test
    void ofAHandleThatWasKilled() {
        SortedMap<String, byte[]> dropped;
        SortedMap<String, byte[]> goneOn;
        try (FilePartd dropping = Partds.file(directory);
                FilePartd writing = Partds.file(directory)) {
            writing.append("k", Bytes.utf8("v"));
            dropping.append("k", Bytes.utf8("w"));
            dropping.compact();
            dropped = StoreFiles.take(directory);
            writing.append("k", Bytes.utf8("x"));
            goneOn = StoreFiles.take(directory);
        }
        checkCopy(dropped, "vw", 1);
        checkCopy(goneOn, "vwx", 2);
    }

    private void checkCopy(SortedMap<String, byte[]> files, String content, int segments) {
        Path copy = parent.resolve("copy");
        StoreFiles.put(files, copy);
        assertEquals(Map.of("k", Bytes.utf8(content)), StoreFiles.content(copy));
        assertEquals(segments, segments(copy).size());
        assertEquals(Map.of("k", Bytes.utf8(content)), StoreFiles.content(copy));
    }

    /** What it has written goes at once, and not only when the store is opened again. */
    @Test
    @Tag("optional")
    void ofACompactionThatCannotBePutInForce() throws Exception {
        Traced.run(parent, List.of("-e", "inject=rename:error=EIO"), FailingCompaction.class, directory.toString());
        assertEquals(Map.of("k", Bytes.utf8("v")), StoreFiles.content(directory));
    }

    /** Compacts in vain. */
    static final class FailingCompaction {
        private FailingCompaction() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            try (FilePartd store = Partds.file(directory)) {
                store.append("k", Bytes.utf8("v"));
                if (compacts(store)) throw new AssertionError("the medium failed, and compact did not");
                List<String> left = segments(directory);
                if (left.size() != 1) throw new AssertionError("there are " + left);
            }
        }

        private static boolean compacts(FilePartd store) {
            try {
                store.compact();
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        }
    }

    /** An error in one handle keeps none from its turn, then and later. */
    @Test
    void afterAnError() throws Exception {
        CountDownLatch turns = new CountDownLatch(6);
        try (GrowingMedium medium = new LocalMedium(directory)) {
            List<Handle> handles =
                    List.of(new Failing(directory, medium, turns), new Failing(directory, medium, turns));
            handles.forEach(RoomKeeper::add);
            RoomKeeper.pause(false);
            try {
                assertTrue(turns.await(30, TimeUnit.SECONDS));
            } finally {
                handles.forEach(RoomKeeper::remove);
            }
        }
    }

    /** A handle that can do nothing at all. */
    private static final class Failing extends Handle {
        private final CountDownLatch turns;

        Failing(Path directory, GrowingMedium medium, CountDownLatch turns) {
            super(directory, medium, new ScannedState(medium), new SegmentLoader(medium));
            this.turns = turns;
        }

        @Override
        void tidy() {
            turns.countDown();
            throw new StackOverflowError("no stack");
        }

        @Override
        public FileHandle writing() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long removals() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException();
        }

        @Override
        boolean leaveReplaced() {
            return true;
        }

        @Override
        void release() {}
    }
}
