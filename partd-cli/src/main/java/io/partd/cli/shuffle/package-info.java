/**
 * Internal: a shuffle. {@code Shuffle} takes the rows of a {@code ShuffleSource} to the store ({@code ShuffleTarget});
 * {@code PartitionOptions} and {@code InputOptions} say how they are split and read, {@code DryRun} what would come of
 * it.
 */
package io.partd.cli.shuffle;
