package io.partd.cli.output;

import java.util.List;
import java.util.Locale;

/** What tables are written as, by the names that users write. */
public enum ExportFormat {
    arrow("arrow", "arrows", "ipc", "feather"),
    parquet("parquet", "pq"),
    csv("csv"),
    json("json", "jsonl", "ndjson");

    private final List<String> endings;

    ExportFormat(String... endings) {
        this.endings = List.of(endings);
    }

    /** What the name of a file says, or null; {@code .gz} and {@code .zst} may come behind. */
    public static ExportFormat of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (compression(name) != null) name = name.substring(0, name.lastIndexOf('.'));
        for (ExportFormat format : values()) {
            if (format.endings.contains(name.substring(name.lastIndexOf('.') + 1)) && name.contains(".")) return format;
        }
        return null;
    }

    /** What the name of a file says of how it is compressed, in DuckDB's words, or null. */
    static String compression(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) return "gzip";
        return name.endsWith(".zst") ? "zstd" : null;
    }

    /** Whether text of this format is compressed where the name of its file asks for that. */
    boolean isText() {
        return this == csv || this == json;
    }
}
