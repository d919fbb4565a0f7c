/** The byte codecs: encodings from bytes to compressed bytes, one small class for each format. */
package io.partd.codec;
