/**
 * Internal: what every command may need: standard output and the terminal, text as people read it, errors in one line,
 * sizes and memory, DuckDB in this process, and the end in good order that Ctrl-C asks for.
 */
package io.partd.cli.common;
