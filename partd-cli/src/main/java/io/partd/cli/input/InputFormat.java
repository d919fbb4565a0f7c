package io.partd.cli.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an input file holds. */
enum InputFormat {
    PARQUET("Parquet", "read_parquet", "parquet", "pq"),
    CSV("CSV", "read_csv", "csv", "tsv", "txt", "tab"),
    JSON("JSON", "read_json", "json", "jsonl", "ndjson"),
    ARROW_FILE("Arrow", null, "arrow", "feather", "ipc"),
    ARROW_STREAM("Arrow", null, "arrows", "stream");

    private static final byte[] PARQUET_FILE = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ARROW = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = {-1, -1, -1, -1};

    final String title;
    /** The function of DuckDB that reads it, or null. */
    final String function;

    private final List<String> extensions;

    InputFormat(String title, String function, String... extensions) {
        this.title = title;
        this.function = function;
        this.extensions = List.of(extensions);
    }

    /** What a file that begins so must be, whatever it is called. */
    static Optional<InputFormat> of(byte[] first) {
        if (begins(first, PARQUET_FILE)) return Optional.of(PARQUET);
        if (begins(first, ARROW)) return Optional.of(ARROW_FILE);
        return begins(first, STREAM) ? Optional.of(ARROW_STREAM) : Optional.empty();
    }

    private static boolean begins(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** What the name says, compressed or not. */
    static Optional<InputFormat> of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        String extension = plain.substring(plain.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(kind -> kind.extensions.contains(extension))
                .findFirst();
    }
}
