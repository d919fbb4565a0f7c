/**
 * Internal: the compression of a record batch's buffers, LZ4_FRAME and ZSTD, and decoders that trust no length in a
 * frame.
 */
package io.partd.arrow.compression;
