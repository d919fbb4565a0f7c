/**
 * Internal: what every command may need: standard output and the terminal, text as people read it, errors in one line,
 * sizes and memory, and DuckDB in this process.
 */
package io.partd.cli.common;
