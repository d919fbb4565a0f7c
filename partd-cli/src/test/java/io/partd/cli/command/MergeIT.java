package io.partd.cli.command;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SmallDisk;
import io.partd.cli.testing.Script;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Merges that do not come to their end: what is there is whole, and it is said. */
@Timeout(120)
class MergeIT {
    private static final int KEYS = 2_500;
    /** So many keys are appended at once. */
    private static final int AT_ONCE = 1_000;

    @TempDir
    Path directory;

    private Path source(String name, int bytes) {
        Path source = directory.resolve(name);
        Bytes value = Bytes.of(new byte[bytes]);
        try (FilePartd store = Partds.file(source)) {
            store.append(IntStream.range(0, KEYS)
                    .boxed()
                    .collect(Collectors.toMap(i -> String.format(Locale.ROOT, "%05d", i), i -> value)));
        }
        return source;
    }

    /** The first append waits for a lock that this test has, until the merge was told to end. */
    @Test
    void ctrlC() throws Exception {
        Path source = source("source", 10);
        Path to = directory.resolve("merged");
        try (FilePartd target = Partds.file(to)) {
            target.lock().lock();
            Process merge = Script.startSignalled("INT", "merge", source, "--to", to, "--append");
            Patience.until("the merge has opened the store", () -> hasOpen(merge, to));
            Script.signal(merge, "INT");
            target.lock().unlock();
            assertTrue(merge.waitFor(60, TimeUnit.SECONDS), "an interrupt does not end it");
            String said = new String(merge.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("partd merge: interrupted; what was merged before that is in " + to + "\n", said);
            assertEquals(130, merge.exitValue());
            int merged = target.keys().size();
            assertTrue(merged % AT_ONCE == 0 && merged < KEYS, "keys: " + merged);
        }
        Script.run("verify", to).succeeded();
    }

    /** A store's shared words are mapped while it is open. */
    private static boolean hasOpen(Process process, Path store) throws IOException {
        return Files.readString(Path.of("/proc", "" + process.pid(), "maps"))
                .contains(store.resolve("partd.control").toString());
    }

    /** There is room for the first store, and not for the second. */
    @Test
    @Tag("optional")
    void aFullDisk() throws Exception {
        List<Path> sources = List.of(source("one", 1_000), source("two", 1_000));
        try (SmallDisk disk = SmallDisk.tmpfs(directory, 4)) {
            Path to = disk.directory().resolve("merged");
            Script.run("merge", sources.get(0), sources.get(1), "--to", to)
                    .failed(1, "No space left", "; what was merged before that is in " + to);
            try (FilePartd merged = Partds.file(to)) {
                assertEquals(KEYS, merged.keys().size());
            }
            Script.run("verify", to).succeeded();
        }
    }
}
