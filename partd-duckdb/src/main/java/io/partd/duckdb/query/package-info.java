/**
 * Internal: a statement of SQL over what was named as tables. {@code Planner} finds out which columns and which keys it
 * needs and gives each scan a name of its own, {@code Running} hands the scans to DuckDB and its result to the caller.
 */
package io.partd.duckdb.query;
