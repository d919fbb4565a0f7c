/**
 * Internal: what commands make of stored tables: rows, cells as text, files of other formats, how even partitions are,
 * and the summary of what was written.
 */
package io.partd.cli.output;
