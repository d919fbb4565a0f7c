package io.partd.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Directories that workloads make and remove. */
public final class Directories {
    private Directories() {}

    public static Path create(RunContext setting) throws IOException {
        return create(setting.directory());
    }

    public static Path create(Path parent) throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, "partd-benchmark-");
    }

    public static void delete(Path directory) throws IOException {
        if (directory == null || !Files.exists(directory)) return;
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = new ArrayList<>(walk.toList());
        }
        Collections.reverse(paths);
        // Another thread may be tidying up as well.
        for (Path path : paths) Files.deleteIfExists(path);
    }
}
