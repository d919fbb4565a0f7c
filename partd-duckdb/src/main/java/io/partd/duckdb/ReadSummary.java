package io.partd.duckdb;

import io.partd.arrow.Partitioner;

/**
 * What a {@link DuckRead} has brought into a store.
 *
 * @param rows how many rows
 * @param leftOut how many lines were left out, because they cannot be read and are to be ignored then
 * @param partitioner how the rows were split
 */
public record ReadSummary(long rows, long leftOut, Partitioner partitioner) {}
