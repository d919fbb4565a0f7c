package io.partd.file;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.SmallDisk;
import io.partd.TestStores;
import io.partd.log.SegmentParts;
import io.partd.testing.ChildProcess;
import io.partd.testing.Patience;
import io.partd.testing.Workers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * {@link FileOptions#readOnly()}: what it refuses, and that it leaves everything as it is. That it reads right while
 * others write is shown by the contract, by ProcessesTest and by KillTest.
 */
class ReadOnlyTest {
    private static final Map<String, Bytes> CONTENT = Map.of("a", Bytes.utf8("12"), "b", Bytes.utf8("3"));
    private static final int STAMP_AT = 64;

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void write() {
        path = directory.resolve("store");
        try (FilePartd store = Partds.file(path)) {
            store.append(Map.of("a", Bytes.utf8("1"), "b", Bytes.utf8("3")));
            store.append("a", Bytes.utf8("2"));
        }
    }

    private static FilePartd open(Path of) {
        return Partds.file(of, FileOptions.readOnly());
    }

    private static Map<String, Bytes> content(Path of) {
        try (FilePartd store = open(of)) {
            return StoreFiles.content(store);
        }
    }

    @Test
    void whateverChangesAStoreIsRefused() {
        FilePartd store = open(path);
        try (store) {
            Bytes value = Bytes.utf8("x");
            List<Executable> changes = List.of(
                    () -> store.append("a", value),
                    () -> store.append(Map.of()),
                    () -> store.append(Map.of("a", value), Map.of("a", value)),
                    () -> store.putIfAbsent("a", value),
                    () -> store.delete("a"),
                    () -> store.delete(Set.of()),
                    store::drop,
                    store::compact,
                    store::lock);
            for (Executable change : changes) {
                String said = assertThrows(UnsupportedOperationException.class, change)
                        .getMessage();
                assertTrue(said.contains(path.toString()) && said.contains("readOnly()"), said);
            }
            store.flush();
            assertEquals(2, store.stats().chunksPerKey().get("a"));
            assertEquals(CONTENT, StoreFiles.content(store));
        }
        store.close();
        assertThrows(IllegalStateException.class, () -> store.append("a", Bytes.utf8("x")));
        assertThrows(IllegalStateException.class, () -> store.get("a"));
    }

    @Test
    void whatIsNoDirectoryIsAnError() throws IOException {
        Path absent = directory.resolve("absent");
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> open(absent));
        assertTrue(failure.getMessage().contains(absent.toString()), failure::getMessage);
        assertTrue(failure.getMessage().contains("no such directory"), failure::getMessage);
        assertFalse(Files.exists(absent));
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThrows(UncheckedIOException.class, () -> open(file));
    }

    /** The store of a writer that died in an append; another handle would recover it, and keep what it finds. */
    @ParameterizedTest
    @ValueSource(ints = {0, SegmentParts.FOOTER, 1})
    void everythingStaysAsItIs(int cut) throws IOException {
        SortedMap<String, byte[]> files = StoreFiles.take(path);
        String name = StoreFiles.segment(files);
        byte[] segment = files.get(name);
        files.put(name, Arrays.copyOf(segment, segment.length - cut));
        StoreFiles.put(files, path);
        Map<String, String> before = state();
        assertEquals(CONTENT, content(path));
        try (FilePartd store = TestStores.scanned(path)) {
            assertEquals(CONTENT, StoreFiles.content(store));
        }
        assertEquals(before, state());
    }

    /** Names, sizes, and when each file and the directory were changed. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
                state.put(file.getFileName().toString(), Files.size(file) + " " + changed);
            }
        }
        return state;
    }

    /** What the kernel is asked for: files are opened to be read, and looked at, and nothing else. */
    @Test
    @Tag("optional")
    void noSystemCallCouldChangeAnything() throws IOException, InterruptedException {
        Path traces = Files.createDirectory(directory.resolve("traces"));
        List<String> command = new ArrayList<>(List.of("strace", "-ff", "-e", "trace=%file"));
        command.addAll(List.of("-o", traces.resolve("of").toString())); // a file for each thread
        command.addAll(ChildProcess.command(Reads.class, path.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
        assertEquals(0, process.exitValue());
        List<String> calls = new ArrayList<>();
        for (byte[] trace : StoreFiles.take(traces).values())
            calls.addAll(new String(trace, StandardCharsets.UTF_8).lines().toList());
        calls = calls.stream()
                .filter(line -> line.contains(path.toString()) && !line.contains("execve("))
                .toList();
        assertTrue(calls.stream().anyMatch(call -> call.contains(".seg\", O_RDONLY")), calls::toString);
        Pattern harmless = Pattern.compile("(openat\\(.*, O_RDONLY(\\|O_CLOEXEC|\\|O_NONBLOCK|\\|O_DIRECTORY)*\\) .*"
                + "|(f?access(at2?)?|statx?|lstat|newfstatat|readlink)\\(.*)");
        for (String call : calls) {
            assertTrue(harmless.matcher(call).matches(), call);
            assertFalse(call.contains(SharedDirectory.LOCK_FILE), call);
        }
    }

    /** Reads all of a store. */
    static final class Reads {
        private Reads() {}

        public static void main(String[] args) {
            if (!content(Path.of(args[0])).equals(CONTENT)) throw new AssertionError("something else");
            try (FilePartd store = TestStores.scanned(Path.of(args[0]))) {
                if (!StoreFiles.content(store).equals(CONTENT)) throw new AssertionError("something else");
            }
        }
    }

    /** Closing the lock file in a process gives up all locks that the process has on it. */
    @Test
    void theLocksOfAWriterInTheSameProcessStay() throws InterruptedException {
        try (FilePartd store = Partds.file(path)) {
            Lock lock = store.lock();
            lock.lock();
            assertEquals(CONTENT, content(path));
            String[] arguments = {path.toString()};
            try (ChildProcess child = ChildProcess.start(TriesToLock.class, line -> {}, arguments)) {
                child.joinWell();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends well if the store is locked. */
    static final class TriesToLock {
        private TriesToLock() {}

        public static void main(String[] args) {
            try (FilePartd store = Partds.file(args[0])) {
                if (store.lock().tryLock()) throw new AssertionError("the lock was given up");
            }
        }
    }

    @Test
    void aCopyIsReadWhereverItLies() throws IOException {
        Path copy = directory.resolve("copy");
        SortedMap<String, byte[]> files = StoreFiles.take(path);
        StoreFiles.put(files, copy);
        assertEquals(CONTENT, content(copy));
        files.remove(ControlFile.FILE);
        StoreFiles.put(files, copy);
        assertEquals(CONTENT, content(copy));
        assertEquals(files.keySet(), StoreFiles.take(copy).keySet());
        files.put(ControlFile.FILE, new byte[10]);
        StoreFiles.put(files, copy);
        assertEquals(CONTENT, content(copy));
    }

    /** As after restoring segments of a later copy: a writer would put the word right. */
    @Test
    void aControlFileThatKnowsLessThanTheSegmentsHidesNothing() throws IOException {
        try (RandomAccessFile control =
                new RandomAccessFile(path.resolve(ControlFile.FILE).toFile(), "rw")) {
            control.seek(STAMP_AT);
            control.writeLong(0);
        }
        assertEquals(CONTENT, content(path));
    }

    /** Within a second, whatever is there instead. */
    @Test
    void aControlFileThatIsRemovedOrReplacedIsNotReliedOn() throws Exception {
        Path control = path.resolve(ControlFile.FILE);
        try (FilePartd reader = open(path)) {
            assertEquals("12", reader.get("a").toUtf8());
            Files.delete(control);
            try (FilePartd store = Partds.file(path)) {
                store.append("a", Bytes.utf8("3"));
                awaitValue("123", reader);
                store.drop();
                assertEquals("", reader.get("a").toUtf8());
            }
            Files.delete(control);
            Thread.sleep(TimeUnit.SECONDS.toMillis(1));
            assertEquals("", reader.get("a").toUtf8());
            try (FilePartd store = Partds.file(path)) {
                store.append("a", Bytes.utf8("4"));
                assertEquals("4", reader.get("a").toUtf8());
            }
        }
    }

    private static void awaitValue(String expected, FilePartd reader) throws Exception {
        Patience.until("it reads " + expected, () -> reader.get("a").toUtf8().equals(expected));
    }

    @Test
    void anEmptyDirectoryIsAnEmptyStoreUntilSomebodyWrites() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        try (FilePartd reader = open(empty)) {
            assertEquals(Set.of(), reader.keys());
            assertEquals(0, Files.list(empty).count());
            try (FilePartd store = Partds.file(empty)) {
                store.append("a", Bytes.utf8("x"));
                assertEquals("x", reader.get("a").toUtf8());
                store.drop();
                assertEquals("", reader.get("a").toUtf8());
            }
        }
    }

    @Test
    void layersOnTopReadIt() {
        try (Partd<Bytes> store = Partds.zstd(Partds.file(path))) {
            store.drop();
            store.append("a", Bytes.utf8("packed"));
        }
        try (Partd<Bytes> store = Partds.buffer(Partds.dict(), Partds.zstd(open(path)), 1000)) {
            assertEquals("packed", store.get("a").toUtf8());
            assertEquals(Set.of("a"), store.keys());
            store.flush();
        }
    }

    /** A store that may not be written at all, not even by who may do everything. */
    @Test
    void onAMediumThatMayNotBeWritten() throws IOException {
        try (SmallDisk disk = SmallDisk.readOnly(path, directory.resolve("mounted"))) {
            Path mounted = disk.directory();
            assertThrows(UncheckedIOException.class, () -> Partds.file(mounted));
            try (FilePartd reader = open(mounted);
                    FilePartd writer = Partds.file(path)) {
                assertEquals(CONTENT, StoreFiles.content(reader));
                writer.append("c", Bytes.utf8("new"));
                assertEquals("new", reader.get("c").toUtf8());
                writer.compact();
                writer.delete("a");
                assertEquals(Set.of("b", "c"), reader.keys());
            }
        }
    }
}
