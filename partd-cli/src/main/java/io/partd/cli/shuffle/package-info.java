/**
 * Internal: a shuffle. {@code Shuffle} takes the inputs' batches to the store ({@code ShuffleTarget});
 * {@code PartitionOptions} makes the partitioner, {@code Interrupt} ends the work in good order, {@code Progress} and
 * {@code Summary} say what comes of it.
 */
package io.partd.cli.shuffle;
