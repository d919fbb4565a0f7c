package io.partd.cli.output;

/** What tables are written as, by the names that users write. */
public enum ExportFormat {
    arrow,
    parquet,
    csv,
    json
}
