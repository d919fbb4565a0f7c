/**
 * Arrow record batches and arrays as values, and partitioning of tables. {@code ArrowPartd}, {@code ArrayPartd} and
 * {@code Partitioner} are for users; {@code docs/arrow.md} says what is stored. Inside:
 *
 * <ul>
 *   <li>{@code StreamStore}, with {@code KeySchemas}: appends to streams and knows what keys begin with. {@code Stage}:
 *       tables that wait in memory.
 *   <li>{@code Batch}: a record batch in raw memory. {@code RootBatches} and {@code BatchLoader} make it of roots and
 *       of stored bytes; {@code BatchReader} and {@code MessageCursor} walk a key's messages.
 *   <li>{@code Column} and its subclasses, one for each layout: check, measure and copy rows ({@code Selection}) into a
 *       {@code ColumnOutput}. {@code PieceWriter} makes messages of targets, {@code TableConcat} roots.
 *   <li>{@code BufferCodec}: compression of buffers. {@code PartitionRule} and the {@code Key} classes: which part a
 *       row belongs to. {@code ArrayKind}: the types of arrays.
 * </ul>
 */
package io.partd.arrow;
