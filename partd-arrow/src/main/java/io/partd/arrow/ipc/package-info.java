/**
 * Internal: the messages of Arrow IPC streams, whose bytes are not trusted. {@code MessageCursor} walks over them:
 * nothing else in the project does. {@code BatchReader} makes batches of them, {@code TableConcat} and
 * {@code KeyReader} Arrow's roots of those; {@code RootBatches} makes batches of roots, {@code PieceWriter} messages of
 * batches.
 */
package io.partd.arrow.ipc;
