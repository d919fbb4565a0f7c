package io.partd.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary directory, in memory where the system has a place for that: what processes see of each other's files is
 * the same there, and syncs cost nothing.
 */
record FastDirectory(Path path) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    static FastDirectory create() throws IOException {
        if (!Files.isWritable(MEMORY)) return new FastDirectory(Files.createTempDirectory("partd-kill"));
        return new FastDirectory(Files.createTempDirectory(MEMORY, "partd-kill"));
    }

    /** Below the directory. */
    FastDirectory below(String name) throws IOException {
        return new FastDirectory(Files.createTempDirectory(path, name));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
