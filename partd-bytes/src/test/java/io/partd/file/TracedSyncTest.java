package io.partd.file;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.Traced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes to the medium in which order, and what a failing medium leaves: seen and made by strace. */
@Tag("optional")
class TracedSyncTest {
    private static final int KILLED = 128 + 9;
    private static final Bytes HEAD = Bytes.utf8("HEAD|");

    @TempDir
    Path temporary;

    /** Rows that survive the loss of power need their head: another's, which he did not sync. */
    @Test
    void whatAnAppendRestsOnIsSyncedBeforeIt() throws Exception {
        Path directory = temporary.resolve("store");
        List<String> calls = trace(List.of("-y", "-e", "trace=write,writev,fdatasync,fsync"), directory, "rows");
        String head = only(calls, "write", "HEAD|", 0);
        String rows = only(calls, "write", "rows", 0);
        String synced = calls.stream()
                .filter(call -> call.contains("sync(") && call.contains(segment(head)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the head was never synced:\n" + String.join("\n", calls)));
        assertTrue(calls.indexOf(synced) < calls.indexOf(rows), () -> String.join("\n", calls));
    }

    /** A drop whose last step fails has renamed its manifest: nobody may go on as if it had not. */
    @Test
    void afterAFailedDropAHeadIsWrittenAgain() throws Exception {
        Path directory = temporary.resolve("store");
        Files.createDirectories(directory);
        try (FilePartd store = Partds.file(directory)) {
            store.append(Map.of("k", Bytes.utf8("v1")), Map.of("k", HEAD));
        }
        trace(List.of("-P", directory.toString(), "-e", "inject=fsync:error=EIO:when=1"), directory, "drop");
        assertEquals(Map.of("k", Bytes.utf8("HEAD|v2")), StoreFiles.content(directory));
    }

    /** A drop is killed when its manifest has its name, and the medium may not know that. */
    private Path afterADropThatDied() throws Exception {
        Path directory = temporary.resolve("store");
        Files.createDirectories(directory);
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", Bytes.utf8("v1"));
            store.flush();
        }
        List<String> kill = List.of("-P", directory.toString(), "-e", "inject=fsync:signal=KILL");
        trace(KILLED, kill, directory, "drop");
        assertEquals(1, segments(directory));
        return directory;
    }

    /** Otherwise the power may take the manifest and leave the deletion. */
    @Test
    void theNextOneSyncsAManifestBeforeHeDeletesWhatItReplaced() throws Exception {
        Path directory = afterADropThatDied();
        List<String> calls = trace(List.of("-y", "-e", "trace=fsync,unlink,unlinkat"), directory, "open");
        String synced = only(calls, "fsync", directory + ">)", 0);
        String deleted = only(calls, "unlink", SegmentFormat.SEGMENT + "\"", 0);
        assertTrue(calls.indexOf(synced) < calls.indexOf(deleted), () -> String.join("\n", calls));
        assertEquals(0, segments(directory));
    }

    @Test
    void whereThatFailsNothingIsDeletedAndFlushSaysSo() throws Exception {
        Path directory = afterADropThatDied();
        trace(List.of("-P", directory.toString(), "-e", "inject=fsync:error=EIO"), directory, "open");
        assertEquals(1, segments(directory));
        try (FilePartd store = Partds.file(directory)) {
            assertEquals(Set.of(), store.keys());
            assertThrows(UncheckedIOException.class, store::flush);
            assertEquals(1, segments(directory));
            store.drop();
            store.flush();
        }
        StoreFiles.content(directory);
        assertEquals(0, segments(directory));
    }

    private static long segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SegmentFormat.SEGMENT))
                    .count();
        }
    }

    private static String segment(String call) {
        return call.replaceFirst(".*?([0-9a-f]{32})" + SegmentFormat.SEGMENT + ".*", "$1");
    }

    private static String only(List<String> calls, String name, String content, int at) {
        return calls.stream()
                .filter(call -> call.contains(name) && call.contains(content))
                .toList()
                .get(at);
    }

    private List<String> trace(List<String> flags, Path directory, String role) throws Exception {
        return trace(0, flags, directory, role);
    }

    private List<String> trace(int expected, List<String> flags, Path directory, String role) throws Exception {
        return Traced.run(temporary, expected, flags, Main.class, directory.toString(), role);
    }

    /** {@code <directory> rows|drop|open}. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            switch (args[1]) {
                case "rows" -> rows(directory);
                case "drop" -> drop(directory);
                default -> Partds.file(directory).close();
            }
        }

        private static void rows(Path directory) {
            try (FilePartd lax = Partds.file(directory);
                    FilePartd strict =
                            Partds.file(directory, FileOptions.defaults().withFsync(true))) {
                lax.append(Map.of("k", Bytes.utf8("first")), Map.of("k", HEAD));
                if (!strict.append(Map.of("k", Bytes.utf8("rows")), Map.of("k", HEAD))
                        .isEmpty()) throw new AssertionError("there was a head");
            }
        }

        /** Under the lock all the time, so that the holder himself has to notice. */
        private static void drop(Path directory) {
            try (FilePartd store = Partds.file(directory)) {
                store.lock().lock();
                try {
                    fails(store::drop);
                    fails(store::flush); // the manifest's name may be lost with the power
                    Set<String> heads = store.append(Map.of("k", Bytes.utf8("v2")), Map.of("k", HEAD));
                    if (!heads.equals(Set.of("k"))) throw new AssertionError("no head: " + store.get("k"));
                } finally {
                    store.lock().unlock();
                }
            }
        }

        private static void fails(Runnable operation) {
            try {
                operation.run();
            } catch (RuntimeException e) {
                return;
            }
            throw new AssertionError("the medium failed, and nobody said so");
        }
    }
}
