package io.partd.file;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.Patience;
import io.partd.testing.Traced;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Appends with fsync on a medium that fails or is slow: what the system could not write it may have thrown away,
 * whatever later calls say. Seen and made by strace.
 */
@Tag("optional")
class FailedSyncTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = Files.createDirectory(temporary.resolve("store"));
    }

    private List<String> trace(String role, String... flags) throws Exception {
        return Traced.run(temporary, List.of(flags), Main.class, directory.toString(), role);
    }

    /** What comes after lies in another segment: one that lacks a page in the middle ends there. */
    @Test
    void ofASegment() throws Exception {
        List<String> calls =
                trace("2", "-y", "-e", "trace=write,writev,fdatasync", "-e", "inject=fdatasync:error=EIO:when=2");
        assertNotEquals(segmentOf(calls, "value 2"), segmentOf(calls, "value 3"), () -> String.join("\n", calls));
        assertEquals(Map.of("k", Bytes.utf8("value 1value 2value 3value 5")), StoreFiles.content(directory));
    }

    /** A file whose name is not on the medium may be lost with all that it has. */
    @Test
    void ofTheNameOfASegment() throws Exception {
        trace("1", "-P", directory.toString(), "-e", "inject=fsync:error=EIO:when=1");
        assertEquals(Map.of("k", Bytes.utf8("value 1value 2value 4")), StoreFiles.content(directory));
    }

    /** An append rests on what another thread of the same handle has written, and not synced yet. */
    @Test
    void whatAnotherThreadIsJustSyncing() throws Exception {
        List<String> calls = trace(
                "threads",
                "-y",
                "-e",
                "trace=write,writev,fsync,fdatasync",
                "-e",
                "inject=fdatasync:delay_enter=2000000:when=1");
        String first = segmentOf(calls, "first");
        int rows = calls.indexOf(only(calls, "rows"));
        assertTrue(
                calls.subList(0, rows).stream().anyMatch(call -> call.contains("fsync(") && call.contains(first)),
                () -> String.join("\n", calls));
    }

    private static String segmentOf(List<String> calls, String content) {
        return only(calls, content).replaceFirst(".*?([0-9a-f]{32})" + SegmentFormat.SEGMENT + ".*", "$1");
    }

    /** The first write of some content to a segment. */
    private static String only(List<String> calls, String content) {
        return calls.stream()
                .filter(call -> call.contains(content) && call.contains(SegmentFormat.SEGMENT))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + content + " in\n" + String.join("\n", calls)));
    }

    /** {@code <directory> <number of the append that fails>|threads}. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws Exception {
            FileOptions fsync = FileOptions.defaults().withFsync(true);
            try (FilePartd store = Partds.file(Path.of(args[0]), fsync)) {
                if (args[1].equals("threads")) threads(store, args[0]);
                else failing(store, Integer.parseInt(args[1]));
            }
        }

        /**
         * Those after it go to another segment, and are refused if they rest on what was read, until that is written
         * anew.
         */
        private static void failing(FilePartd store, int number) {
            for (int i = 1; i < number; i++) append(store, i, Map.of());
            fails(store, number, Map.of(), "whether it survives the loss of power is unknown");
            append(store, number + 1, Map.of());
            Map<String, Bytes> heads = Map.of("k", Bytes.utf8("HEAD|"));
            fails(store, number + 2, heads, "nothing was appended");
            store.compact();
            append(store, number + 3, heads);
        }

        private static void append(FilePartd store, int i, Map<String, Bytes> heads) {
            store.append(Map.of("k", Bytes.utf8("value " + i)), heads);
        }

        private static void fails(FilePartd store, int i, Map<String, Bytes> heads, String reason) {
            try {
                append(store, i, heads);
            } catch (UncheckedIOException e) {
                if (e.getMessage().contains(reason)) return;
                throw e;
            }
            throw new AssertionError("append " + i + " returned");
        }

        /**
         * What is not synced yet is not announced either, but seen by who looks for what somebody else has announced.
         */
        private static void threads(FilePartd store, String directory) throws Exception {
            Thread thread = new Thread(() -> store.append("k", Bytes.utf8("first")));
            thread.start();
            try (FilePartd other = Partds.file(directory)) {
                Patience.until("the first append is seen", () -> {
                    if (store.get("k").size() > 0) return true;
                    other.append("other", Bytes.utf8("v"));
                    return false;
                });
            }
            Set<String> heads = store.append(Map.of("k", Bytes.utf8("rows")), Map.of("k", Bytes.utf8("HEAD|")));
            if (!heads.isEmpty()) throw new AssertionError("there were bytes");
            thread.join();
        }
    }
}
