/**
 * Internal: which part each row of a table belongs to. A {@code PartitionRule} gives a {@code PartAssignment}; its
 * kernels ({@code RowCodes}) make an int of each value, from {@code LongValues} or {@code SpanValues} of a column;
 * {@code KeyText} and {@code ValueText} are the text of keys.
 */
package io.partd.arrow.partition;
