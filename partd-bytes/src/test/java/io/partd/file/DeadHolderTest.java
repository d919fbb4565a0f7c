package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.ChildProcess;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A process has died under the store's lock, after what it did was in the files, and before it could tell anybody. */
class DeadHolderTest {
    private static final Bytes V1 = Bytes.utf8("v1");
    private static final Bytes V2 = Bytes.utf8("v2");

    @TempDir
    Path directory;

    /** The handle that was there before, in another process than the dead one. */
    private FilePartd old;

    @BeforeEach
    void open() {
        old = Partds.file(directory);
    }

    @AfterEach
    void close() {
        old.close();
    }

    private void dies(String operation) throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(DyingMain.class, line -> {}, directory.toString(), operation)) {
            assertEquals(DyingMain.DEAD, child.awaitExit());
        }
    }

    /** From now on the old handle knows all there is, and sees no reason to look for more. */
    private void knowsAll() {
        old.append("other", V1);
        assertEquals(V1, old.get("other"));
    }

    private void expect(String value, FilePartd... handles) {
        for (FilePartd handle : handles) assertEquals(value, handle.get("k").toUtf8(), handle == old ? "old" : "new");
        try (FilePartd last = Partds.file(directory)) {
            assertEquals(value, last.get("k").toUtf8(), "opened last");
        }
    }

    @Test
    void aHeadIsNotSetTwice() throws InterruptedException {
        knowsAll();
        dies("putIfAbsent");
        assertFalse(old.putIfAbsent("k", Bytes.utf8("HA")));
        expect("HB", old);
    }

    @Test
    void whatADeleteRemovedDoesNotReturn() throws InterruptedException {
        knowsAll();
        dies("append");
        try (FilePartd young = Partds.file(directory)) {
            assertEquals("V", young.get("k").toUtf8());
            old.delete("k");
            expect("", old, young);
            old.compact();
            expect("", old, young);
        }
    }

    @Test
    void whatWasReadOnceStaysThroughACompaction() throws InterruptedException {
        knowsAll();
        dies("append");
        try (FilePartd young = Partds.file(directory)) {
            assertEquals("V", young.get("k").toUtf8());
            old.compact();
            expect("V", old, young);
        }
    }

    @Test
    void aCompactionTakesInWhatNobodyHasRead() throws InterruptedException {
        knowsAll();
        dies("append");
        old.compact();
        expect("V", old);
    }

    /** A segment that all know: only its end was not announced. */
    @Test
    void oldHandlesAgree() throws Exception {
        try (FilePartd other = Partds.file(directory);
                KnownSegment dying = new KnownSegment()) {
            for (FilePartd handle : List.of(old, other))
                assertEquals("before", handle.get("known").toUtf8());
            old.append("something else", V1);
            assertEquals(V1, other.get("something else")); // and only the old one has something to catch up with
            dying.die();
            assertEquals("V", old.get("k").toUtf8());
            expect("V", other, old);
        }
    }

    @Test
    void aCompactionReadsADeadSegmentToItsEnd() throws Exception {
        try (KnownSegment dying = new KnownSegment()) {
            assertEquals("before", old.get("known").toUtf8());
            dying.die();
            try (FilePartd young = Partds.file(directory)) {
                assertEquals("V", young.get("k").toUtf8());
                old.compact();
                expect("V", old, young);
            }
        }
    }

    /** A process that has appended once, and dies in its second append. */
    private final class KnownSegment implements AutoCloseable {
        private final CountDownLatch appended = new CountDownLatch(1);
        private final ChildProcess child =
                ChildProcess.start(DyingMain.class, line -> appended.countDown(), directory.toString(), "append known");

        KnownSegment() throws InterruptedException {
            assertTrue(appended.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }

        void die() throws Exception {
            child.say("die");
            assertEquals(DyingMain.DEAD, child.awaitExit());
        }

        @Override
        public void close() {
            child.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterADropAHeadIsWrittenAgain(boolean openedBetween) throws InterruptedException {
        old.append(Map.of("k", V1), Map.of("k", DyingMain.HEAD));
        expect("HEAD|v1", old);
        dies("drop");
        if (openedBetween) {
            expect("");
            expect("", old);
        }
        assertEquals(Set.of("k"), old.append(Map.of("k", V2), Map.of("k", DyingMain.HEAD)));
        expect("HEAD|v2", old);
    }

    @Test
    void afterADeleteAHeadIsWrittenAgain() throws InterruptedException {
        old.append(Map.of("k", V1), Map.of("k", DyingMain.HEAD));
        expect("HEAD|v1", old);
        dies("delete");
        assertEquals(Set.of("k"), old.append(Map.of("k", V2), Map.of("k", DyingMain.HEAD)));
        expect("HEAD|v2", old);
    }

    /** Layers learn under the lock what a key holds. */
    @ParameterizedTest
    @ValueSource(strings = {"drop", "delete"})
    void underTheLockTheTruthIsRead(String removal) throws InterruptedException {
        old.append("k", V1);
        expect("v1", old);
        dies(removal);
        old.lock().lock();
        try {
            assertEquals(Bytes.EMPTY, old.get("k"));
            old.append("k", V2);
        } finally {
            old.lock().unlock();
        }
        expect("v2", old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "tryLock"})
    void everyWayToTheLockMends(String way) throws Exception {
        knowsAll();
        dies("append");
        assertTrue(
                way.equals("lock")
                        ? old.lock().tryLock(1, TimeUnit.SECONDS)
                        : old.lock().tryLock());
        old.lock().unlock();
        assertEquals("V", old.get("k").toUtf8());
    }

    @Test
    void aCompactionThatDiedLosesNothingAndLeavesNothing() throws Exception {
        old.append("k", V1);
        old.append("gone", V1);
        old.delete("gone");
        dies("compact");
        old.append("k", V2);
        expect("v1v2", old);
        old.close();
        expect("v1v2");
        assertEquals(List.of(), files(".tmp"));
        assertEquals(2, files(SegmentFormat.SEGMENT).size(), "the output, and what was appended since");
        old = Partds.file(directory);
    }

    @Test
    void aSegmentThatWasNeverWrittenGoes() throws IOException {
        Path empty = directory.resolve("0123456789abcdef0123456789abcdef" + SegmentFormat.SEGMENT);
        Files.createFile(empty);
        old.append("k", V1);
        expect("v1", old);
        assertFalse(Files.exists(empty));
    }

    /** Whoever holds the lock may take the end of a segment for where it will always end. */
    @Test
    void aHandleThatClosesWhileTheLockIsHeldWritesNothing() throws Exception {
        FilePartd other = Partds.file(directory);
        other.append("k", V1);
        Path segment = files(SegmentFormat.SEGMENT).get(0);
        long size = Files.size(segment);
        CountDownLatch closed = new CountDownLatch(1);
        old.lock().lock();
        try {
            Thread closer = new Thread(() -> {
                other.close();
                closed.countDown();
            });
            closer.start();
            assertTrue(closed.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(size, Files.size(segment));
        } finally {
            old.lock().unlock();
        }
        expect("v1", old);
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
