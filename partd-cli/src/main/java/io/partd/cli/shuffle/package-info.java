/**
 * Internal: a shuffle. {@code Shuffle} takes the rows of a {@code ShuffleSource} to the store ({@code ShuffleTarget});
 * {@code PartitionOptions} and {@code InputOptions} say how they are split and read, {@code Interrupt} ends the work in
 * good order, {@code Summary} says what comes of it, {@code DryRun} what would.
 */
package io.partd.cli.shuffle;
