/**
 * partd-duckdb beside plain DuckDB on Parquet files, a process each, with the memory that is given: {@code duckdb.sh}.
 */
package io.partd.benchmarks.duckdb;
