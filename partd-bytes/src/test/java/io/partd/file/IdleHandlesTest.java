package io.partd.file;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SmallDisk;
import io.partd.log.SegmentFormat;
import io.partd.testing.ChildProcess;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a drop or compaction gives back is not held by handles that nobody uses. */
@Timeout(60)
class IdleHandlesTest {
    private static final String SELF = "self";
    private static final FileOptions SMALL = FileOptions.defaults().withSegmentBytes(1);
    /** Below this size segments are read, above they are mapped. */
    private static final int READ = 100_000;

    private static final int MAPPED = 2 << 20;

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("store");
    }

    private static void fill(FilePartd store, int segments, int bytes) {
        for (int i = 0; i < segments; i++) store.append("k" + i, Bytes.of(new byte[bytes]));
    }

    private static void readAll(FilePartd store) {
        store.get(store.keys()).forEach(Bytes::toArray);
    }

    /** The segments that a process has open. */
    private List<String> descriptors(String process) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc", process, "fd"))) {
            return links.map(IdleHandlesTest::target).filter(this::isSegment).toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return "closed since";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> maps() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(this::isSegment)
                .toList();
    }

    private boolean isSegment(String text) {
        return text.contains(directory().toString()) && text.contains(SegmentFormat.SEGMENT);
    }

    private static void await(Patience.Condition condition) throws Exception {
        Patience.until("it is no longer held", condition);
    }

    @Test
    void descriptorsAfterADrop() throws Exception {
        try (FilePartd store = Partds.file(directory(), SMALL);
                FilePartd idle = Partds.file(directory())) {
            fill(store, 10, READ);
            readAll(idle);
            assertNotEquals(List.of(), descriptors(SELF));
            store.drop();
            await(() -> descriptors(SELF).isEmpty());
            store.append("k", Bytes.utf8("after"));
            assertEquals("after", idle.get("k").toUtf8());
        }
    }

    @Test
    void descriptorsOfAReaderThatWritesNothing() throws Exception {
        try (FilePartd store = Partds.file(directory(), SMALL);
                FilePartd idle = Partds.file(directory(), FileOptions.readOnly())) {
            fill(store, 10, READ);
            readAll(idle);
            store.compact();
            await(() -> descriptors(SELF).stream().noneMatch(name -> name.endsWith("(deleted)")));
            assertEquals(READ, idle.get("k3").size());
        }
    }

    @Test
    void mapsWithTheNextCollection() throws Exception {
        try (FilePartd store = Partds.file(directory(), SMALL);
                FilePartd idle = Partds.file(directory())) {
            fill(store, 3, MAPPED);
            readAll(idle);
            assertNotEquals(List.of(), maps());
            Bytes kept = idle.get("k1");
            store.drop();
            await(() -> {
                System.gc();
                return maps().size() == 1;
            });
            assertEquals(Bytes.of(new byte[MAPPED]), kept);
        }
    }

    /** A writer leaves a segment of which nothing counts any more, and need not append for that. */
    @Test
    void theSegmentOfAnIdleWriter() throws Exception {
        try (FilePartd store = Partds.file(directory());
                FilePartd idle = Partds.file(directory())) {
            idle.append("k", Bytes.of(new byte[READ]));
            store.drop();
            await(() -> StoreFiles.names(StoreFiles.take(directory()), SegmentFormat.SEGMENT)
                    .isEmpty());
            idle.append("k", Bytes.utf8("1"));
            store.append("k", Bytes.utf8("2"));
            store.compact();
            await(() -> descriptors(SELF).isEmpty());
            idle.append("k", Bytes.utf8("3"));
            assertEquals("123", store.get("k").toUtf8());
        }
        assertEquals("123", StoreFiles.content(directory()).get("k").toUtf8());
    }

    /** With fsync an append is durable with all that it rests on, whatever the handle has let go of meanwhile. */
    @Test
    void anAppendAfterItWasForgotten() throws Exception {
        try (FilePartd store = Partds.file(directory());
                FilePartd idle = Partds.file(directory(), FileOptions.defaults().withFsync(true))) {
            store.append("k", Bytes.utf8("1"));
            assertEquals("1", idle.get("k").toUtf8());
            store.compact();
            await(() -> descriptors(SELF).isEmpty());
            idle.append("k", Bytes.utf8("2"));
            idle.append(Map.of("k", Bytes.utf8("3")), Map.of("k", Bytes.utf8("head")));
            assertEquals("123", store.get("k").toUtf8());
        }
    }

    /** The thread that does it ends with the last handle, and holds none that was forgotten open. */
    @Test
    void theThreadEnds() throws Exception {
        try (ChildProcess child =
                ChildProcess.start(Forget.class, line -> {}, directory().toString())) {
            child.joinWell();
        }
    }

    /** Opens handles, closes one of them, and waits for the thread's end. */
    static final class Forget {
        private Forget() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            Partds.file(directory).append("k", Bytes.utf8("v")); // and never closed
            Partds.file(directory).close();
            if (!isRunning()) throw new AssertionError("no thread");
            Patience.until("the thread ends", () -> {
                System.gc();
                return !isRunning();
            });
        }

        private static boolean isRunning() {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals(RoomKeeper.THREAD));
        }
    }

    @Test
    void anotherProcessThatIsIdle() throws Exception {
        try (FilePartd store = Partds.file(directory(), SMALL)) {
            fill(store, 10, READ);
            try (Reader reader = new Reader()) {
                assertNotEquals(List.of(), descriptors(reader.process));
                store.drop();
                await(() -> descriptors(reader.process).isEmpty());
            }
        }
    }

    /** To drop a store that has filled the disk gives room, though an idle process has it open. */
    @Test
    @Tag("optional")
    void onAFullDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.tmpfs(parent, 8)) {
            Files.createSymbolicLink(
                    directory(), Files.createDirectory(disk.directory().resolve("store")));
            try (FilePartd store = Partds.file(directory(), SMALL)) {
                fill(store, 50, READ);
                try (Reader reader = new Reader()) {
                    disk.fillUpTo(0);
                    store.drop();
                    await(() -> Files.getFileStore(disk.directory()).getUsableSpace() > 50L * READ);
                    store.append("k", Bytes.of(new byte[30 * READ]));
                    assertTrue(reader.child.isAlive());
                }
            }
        }
    }

    /** A process that has read all of the store, and then does nothing. */
    private final class Reader implements AutoCloseable {
        final ChildProcess child;
        final String process;

        Reader() throws InterruptedException {
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            child = ChildProcess.start(Read.class, lines::add, directory().toString());
            process = lines.poll(30, TimeUnit.SECONDS);
            assertNotNull(process, "the child read nothing");
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** Reads, says its number, and waits to be killed. */
    static final class Read {
        private Read() {}

        public static void main(String[] args) throws InterruptedException {
            try (FilePartd store = Partds.file(Path.of(args[0]))) {
                readAll(store);
                System.out.println(ProcessHandle.current().pid());
                new CountDownLatch(1).await();
            }
        }
    }
}
