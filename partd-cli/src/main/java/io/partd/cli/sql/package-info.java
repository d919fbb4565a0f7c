/**
 * Internal: DuckDB on behalf of {@code sql}, {@code sort} and {@code join}. An {@code Engine} has the stores and files
 * that a command is about, as tables, and the store that it writes to; an {@code Answer} is what a statement gives, as
 * {@code io.partd.cli.output} takes tables.
 */
package io.partd.cli.sql;
