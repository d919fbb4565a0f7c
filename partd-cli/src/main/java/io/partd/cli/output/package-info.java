/**
 * Internal: what commands make of stored tables: rows, cells as text, files of other formats, how even partitions are.
 */
package io.partd.cli.output;
