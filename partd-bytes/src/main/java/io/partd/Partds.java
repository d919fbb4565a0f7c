package io.partd;

import java.nio.file.Path;

/** Makes stores, which nest: a byte store goes into the next one. Meant for {@code import static}. */
public final class Partds {
    private Partds() {}

    /**
     * Returns a store in memory, empty and of no limit but the heap's; it is gone with the process. Several threads may use it at once.
     * Many small appends are kept compactly, and read without a copy.
     */
    public static Partd<Bytes> dict() {
        return new DictPartd();
    }

    /**
     * Opens the store in a directory, which is made where it does not exist. Any number of threads, handles and processes of one machine may use it at once.
     *
     * @throws java.io.UncheckedIOException if the path is a file, may not be written, or holds a store of a newer format
     */
    public static FilePartd file(Path directory) {
        return file(directory, FileOptions.defaults());
    }

    /** Opens the store in a directory as {@link #file(Path)} does. */
    public static FilePartd file(String directory) {
        return file(Path.of(directory));
    }

    /** Opens the store in a directory as {@link #file(Path)} does, with options for what this handle writes. */
    public static FilePartd file(Path directory, FileOptions options) {
        return FilePartd.open(directory, options);
    }
}
