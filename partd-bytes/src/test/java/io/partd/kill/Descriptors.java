package io.partd.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that this process has open, as Linux tells. */
final class Descriptors {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private Descriptors() {}

    /**
     * Waits until nothing below the directory is open that was deleted: it keeps its room as long, and that must not be
     * for long.
     */
    static void awaitNoneDeleted(Path directory) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (List<String> deleted = deleted(directory); !deleted.isEmpty(); deleted = deleted(directory)) {
            if (System.nanoTime() > deadline) throw new AssertionError("deleted, but kept open: " + deleted);
            Thread.sleep(20);
        }
    }

    private static List<String> deleted(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : (Iterable<Path>) links::iterator) {
                String name = target(link);
                if (name.startsWith(directory + "/") && name.endsWith(" (deleted)")) names.add(name);
            }
        }
        return names;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed just now
        }
    }
}
