/**
 * Tablesaw tables as values.
 *
 * <p>{@code TablePartd} is the store: what lies under a key is an Arrow IPC stream, as {@code io.partd.arrow} writes
 * it. Tables become vectors before they are appended; what was appended is put together as vectors, and becomes a table
 * once.
 *
 * <p>{@code ArrowTables} converts between Tablesaw's tables and Arrow's, column by column, on the lists in which the
 * columns keep their values ({@code Backing}). To Arrow: a {@code Kind} for each of Tablesaw's types, with a
 * {@code VectorBuilder} for the buffers. From Arrow: a {@code ColumnReader}, which {@code Readers} finds for vectors of
 * fixed width, {@code TextReader} for texts and {@code Gather} for dictionaries and runs. Texts go through the codes of
 * dictionaries: {@code TextEntries} one way, {@code SpanGroups} of partd-arrow and {@code TextDictionary} the other.
 * What the other side cannot hold is refused with the column and the row.
 */
package io.partd.tablesaw;
