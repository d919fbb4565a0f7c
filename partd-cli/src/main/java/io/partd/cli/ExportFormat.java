package io.partd.cli;

/** What tables are written as, by the names that users write. */
enum ExportFormat {
    arrow,
    parquet,
    csv,
    json
}
