package io.partd.duckdb;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file or a stream holds that is read. */
public enum InputFormat {
    PARQUET("Parquet", "parquet", "pq"),
    CSV("CSV", "csv", "tsv", "txt", "tab"),
    /** Objects one after the other, or one array of them. */
    JSON("JSON", "json", "jsonl", "ndjson"),
    /** One object in each line. */
    NDJSON("NDJSON"),
    /** The file or the stream of Arrow's IPC format, compressed or not. */
    ARROW("Arrow", "arrow", "feather", "ipc", "arrows", "stream");

    private final String title;
    private final List<String> extensions;

    InputFormat(String title, String... extensions) {
        this.title = title;
        this.extensions = List.of(extensions);
    }

    /** Returns the format that a file's name speaks of, compressed ({@code .gz}, {@code .zst}) or not. */
    public static Optional<InputFormat> ofName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        String extension = plain.substring(plain.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(format -> format.extensions.contains(extension))
                .findFirst();
    }

    /** Returns its name as people write it: {@code Parquet}. */
    @Override
    public String toString() {
        return title;
    }
}
