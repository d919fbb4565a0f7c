package io.partd.cli.store;

import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.cli.common.Failure;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Opens stores, where there are any. */
public final class Stores {
    /** What the columns of new tables are compressed with where nobody says; README.md has what it costs. */
    public static final CodecType COMPRESSION = CodecType.LZ4_FRAME;

    private static final String LOCK = "partd.lock";
    private static final String CONTROL = "partd.control";

    private Stores() {}

    /**
     * Opens a store. One that is not going to be changed is only read where nothing may be written.
     *
     * @throws Failure if the directory holds no store: none is made
     */
    public static FilePartd open(Path directory, boolean changes) throws IOException {
        if (!Files.exists(directory)) throw new Failure("there is no directory " + directory);
        if (!isStore(directory)) throw new Failure(directory + " holds no store: 'partd shuffle --to DIR' makes one");
        boolean writes = changes || mayWrite(directory);
        return Partds.file(directory, writes ? FileOptions.defaults() : FileOptions.readOnly());
    }

    /** Whether a handle that writes could be opened: it needs the directory, and the files that all handles share. */
    private static boolean mayWrite(Path directory) {
        return Files.isWritable(directory)
                && Stream.of(LOCK, CONTROL)
                        .map(directory::resolve)
                        .allMatch(file -> Files.notExists(file) || Files.isWritable(file));
    }

    /** Whether files of a store lie there. */
    public static boolean isStore(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return false;
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals(LOCK)
                            || name.equals(CONTROL)
                            || name.equals("partd.manifest")
                            || name.matches("[0-9a-f]{32}\\.seg"));
        }
    }

    /** @throws Failure if files lie there that are no store's */
    public static void requireNoOtherFiles(Path directory) throws IOException {
        if (Files.isDirectory(directory) && !isEmpty(directory) && !isStore(directory)) {
            throw new Failure(directory + " holds other files: name an empty directory, or one to be made");
        }
    }

    /** What is said where a store that is to be new has keys. */
    public static Failure notEmpty(Object store, int keys) {
        return new Failure(store + " is a store with " + Text.count(keys, "key")
                + ": add to it with --append, or name another one");
    }

    public static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
