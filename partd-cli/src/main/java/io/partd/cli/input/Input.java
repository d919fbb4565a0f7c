package io.partd.cli.input;

import io.partd.cli.common.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An input that is there.
 *
 * @param path the file, or null for standard input
 * @param bytes its size, or 0 where that is not known
 */
public record Input(Path path, InputFormat kind, long bytes) {
    static final Input STDIN = new Input(null, InputFormat.ARROW_STREAM, 0);

    private static final int MAGIC = 8;

    /**
     * Finds out what a file holds: by its first bytes, else by its name.
     *
     * @throws Failure if it cannot be told, or is not what its name says
     */
    static Input of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new Failure(
                    path + " is a directory: name its files, for example '" + path.resolve("*.parquet") + "'");
        }
        // A pipe cannot be looked at beforehand.
        if (!Files.isRegularFile(path)) return new Input(path, InputFormat.ARROW_STREAM, 0);
        byte[] first;
        try (InputStream in = Files.newInputStream(path)) {
            first = in.readNBytes(MAGIC);
        }
        InputFormat kind = InputFormat.of(first).orElseGet(() -> byName(path));
        return new Input(path, kind, Files.size(path));
    }

    private static InputFormat byName(Path path) {
        String name = path.getFileName().toString();
        InputFormat kind = InputFormat.of(name)
                .orElseThrow(() -> new Failure("cannot tell what " + path
                        + " holds: give it a name that ends in .parquet, .csv, .tsv, .json, .arrow or .arrows"));
        if (kind == InputFormat.CSV || kind == InputFormat.JSON) return kind;
        throw new Failure(path + " is called " + kind.title + ", and does not begin as such a file does");
    }

    @Override
    public String toString() {
        return path == null ? "standard input" : path.toString();
    }
}
