/**
 * The byte codecs, one small class for each format, and the stores that put an encoding before a store of bytes, in
 * frames. Internal: not exported.
 */
package io.partd.codec;
