package io.partd.duckdb.read;

import io.partd.duckdb.InputFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file holds, as one reads it. */
enum FileKind {
    PARQUET("Parquet", "read_parquet"),
    CSV("CSV", "read_csv"),
    JSON("JSON", "read_json"),
    NDJSON("NDJSON", "read_json"),
    ARROW_FILE("Arrow", null),
    ARROW_STREAM("Arrow", null);

    /** How many bytes tell them apart. */
    static final int MAGIC = 8;

    private static final byte[] PARQUET_FILE = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ARROW = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = {-1, -1, -1, -1};

    final String title;
    /** The function of DuckDB that reads it, or null. */
    final String function;

    FileKind(String title, String function) {
        this.title = title;
        this.function = function;
    }

    boolean isText() {
        return this == CSV || this == JSON || this == NDJSON;
    }

    /** What begins so must be that, whatever it is called. */
    static Optional<FileKind> of(byte[] first) {
        if (begins(first, PARQUET_FILE)) return Optional.of(PARQUET);
        if (begins(first, ARROW)) return Optional.of(ARROW_FILE);
        return begins(first, STREAM) ? Optional.of(ARROW_STREAM) : Optional.empty();
    }

    static boolean begins(byte[] bytes, byte... prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    static FileKind of(InputFormat format) {
        return switch (format) {
            case PARQUET -> PARQUET;
            case CSV -> CSV;
            case JSON -> JSON;
            case NDJSON -> NDJSON;
            case ARROW -> ARROW_STREAM;
        };
    }
}
