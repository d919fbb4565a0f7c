/**
 * Internal: a record batch in raw memory ({@code Batch}), and a {@code Column} for each layout of the Arrow columnar
 * format, which checks, measures and copies rows ({@code Selection}) of it into a {@code ColumnOutput}.
 */
package io.partd.arrow.column;
