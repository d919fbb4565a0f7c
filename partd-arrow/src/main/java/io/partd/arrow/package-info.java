/**
 * Arrow record batches and arrays as values, and partitioning of tables. {@code docs/arrow.md} says what is stored. The
 * packages below this one are internal.
 */
package io.partd.arrow;
