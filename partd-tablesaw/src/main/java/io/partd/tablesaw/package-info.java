/**
 * Tablesaw tables as values.
 *
 * <p>{@code TablePartd} is the store: what lies under a key is an Arrow IPC stream, as {@code io.partd.arrow} writes
 * it. {@code ArrowTables} converts between Tablesaw's tables and Arrow's.
 */
package io.partd.tablesaw;
