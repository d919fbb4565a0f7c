package io.partd.cli;

import io.partd.FilePartd;
import io.partd.Partds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Opens stores, where there are any. */
final class Stores {
    private Stores() {}

    /** @throws Failure if the directory holds no store: reading makes none */
    static FilePartd open(Path directory) throws IOException {
        if (!Files.exists(directory)) throw new Failure("there is no directory " + directory);
        if (!isStore(directory)) throw new Failure(directory + " holds no store: 'partd shuffle --to DIR' makes one");
        return Partds.file(directory);
    }

    /** Whether files of a store lie there. */
    static boolean isStore(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return false;
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals("partd.lock")
                            || name.equals("partd.control")
                            || name.equals("partd.manifest")
                            || name.matches("[0-9a-f]{32}\\.seg"));
        }
    }

    static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
