/**
 * Internal: memory outside of the heap: its addresses and who keeps it alive. {@code Arena} keeps what batches point
 * into, {@code ScratchPool} what is used again, {@code StoredBytes} reads a key's bytes by position. Below all other
 * packages.
 */
package io.partd.arrow.memory;
