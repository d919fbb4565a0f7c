/**
 * Files into stores, and SQL over stores, with DuckDB as the engine: {@code PartdDuck} is the door.
 * {@code docs/duckdb.md} says what is read, and what is kept in memory. The packages below this one are internal.
 */
package io.partd.duckdb;
