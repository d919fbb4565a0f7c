/**
 * Arrow record batches and arrays as values, and partitioning of tables.
 *
 * <p>{@code ArrowPartd} is the store: what lies under a key is an Arrow IPC stream, the schema message first, then a
 * record batch for each append, so that any Arrow implementation can read a key's bytes as they are.
 */
package io.partd.arrow;
