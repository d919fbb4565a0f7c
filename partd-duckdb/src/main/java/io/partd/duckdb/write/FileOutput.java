package io.partd.duckdb.write;

import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.query.Running;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;

/** Writes what a statement gives to files, which appear when they are complete. */
public final class FileOutput {
    /** A format, by the endings of its files' names. */
    private enum Format {
        ARROW("", "arrow", "arrows", "ipc", "feather"),
        PARQUET("FORMAT parquet, COMPRESSION zstd", "parquet", "pq"),
        CSV("FORMAT csv, HEADER true", "csv"),
        JSON("FORMAT json", "json", "jsonl", "ndjson");

        private final String copy;
        private final List<String> endings;

        Format(String copy, String... endings) {
            this.copy = copy;
            this.endings = List.of(endings);
        }
    }

    private FileOutput() {}

    /**
     * Writes one file.
     *
     * @throws IllegalArgumentException if the name says no format, or the file's directory is not there
     */
    public static void write(Running statement, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Format format = format(target);
        requireDirectory(target.getParent());
        Path made = hidden(target);
        try {
            if (format == Format.ARROW)
                arrow(statement, made, !target.toString().endsWith(".arrows"));
            else copy(statement, made, format.copy + compression(target));
            Files.move(made, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Writes Parquet files of about this size into a directory, which must be empty or not there.
     *
     * @throws IllegalArgumentException if the directory has files, or its parent is not there
     */
    public static void write(Running statement, Path directory, long bytesPerFile) throws IOException {
        String size = ", FILE_SIZE_BYTES " + bytesPerFile + ", FILENAME_PATTERN 'part-{i}'";
        inDirectory(directory, made -> copy(statement, made, Format.PARQUET.copy + size));
    }

    /** Writes a Parquet file, under its own name from the start. */
    public static void parquet(Running statement, Path file) {
        copy(statement, file, Format.PARQUET.copy);
    }

    /** What is written into a directory. */
    public interface Content {
        void write(Path directory) throws IOException;
    }

    /**
     * Writes a directory that has another name until it is complete.
     *
     * @throws IllegalArgumentException if the directory has files, or its parent is not there
     */
    public static void inDirectory(Path directory, Content content) throws IOException {
        Path target = directory.toAbsolutePath();
        requireDirectory(target.getParent());
        if (Files.exists(target)) requireEmpty(target);
        Path made = hidden(target);
        try {
            Files.createDirectory(made);
            content.write(made);
            Files.deleteIfExists(target);
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(made)) deleteAll(made);
        }
    }

    private static Format format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = compression(file).isEmpty() ? name : name.substring(0, name.lastIndexOf('.'));
        for (Format format : Format.values()) {
            for (String ending : format.endings) if (plain.endsWith("." + ending)) return format;
        }
        throw new IllegalArgumentException(
                file + ": the name says no format: let it end in .parquet, .csv, .json, .arrow"
                        + " or .arrows (.csv and .json also with .gz or .zst behind)");
    }

    private static String compression(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) return ", COMPRESSION gzip";
        return name.endsWith(".zst") ? ", COMPRESSION zstd" : "";
    }

    private static void requireDirectory(Path directory) {
        if (Files.isDirectory(directory)) return;
        throw new IllegalArgumentException(directory + " is no directory: make it first");
    }

    private static void requireEmpty(Path directory) throws IOException {
        requireDirectory(directory);
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isEmpty()) return;
        }
        throw new IllegalArgumentException(
                directory + " has files already: name a directory that is empty or not there");
    }

    private static Path hidden(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    private static void copy(Running statement, Path to, String options) {
        statement.execute("COPY (", ") TO " + Sql.literal(to.toString()) + " (" + options + ")");
    }

    private static void arrow(Running statement, Path to, boolean withFooter) throws IOException {
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ArrowReader rows = statement.reader();
                ArrowWriter writer = withFooter
                        ? new ArrowFileWriter(rows.getVectorSchemaRoot(), rows, channel)
                        : new ArrowStreamWriter(rows.getVectorSchemaRoot(), rows, channel)) {
            writer.start();
            while (rows.loadNextBatch()) writer.writeBatch();
            writer.end();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
