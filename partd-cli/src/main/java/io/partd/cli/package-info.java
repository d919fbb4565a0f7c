/**
 * The {@code partd} command. Nothing here is an API: its command line is. The {@code partd} script at the root of the
 * repository builds it, and passes what the JDK needs; {@link io.partd.cli.Main} picks the command.
 *
 * <p>A shuffle goes from left to right: {@link io.partd.cli.Inputs} finds files and tells what they hold by their first
 * bytes; a {@link io.partd.cli.Source} reads them as Arrow batches, {@link io.partd.cli.ArrowSource} by itself and
 * {@link io.partd.cli.DuckSource} through DuckDB; {@link io.partd.cli.Batches} is all of them, one after the other;
 * {@link io.partd.cli.PartitionOptions} makes the partitioner; {@link io.partd.cli.ShuffleTarget} is the store.
 * {@link io.partd.cli.Memory} divides what may be used, {@link io.partd.cli.Interrupt} ends the work in good order,
 * {@link io.partd.cli.Summary} says what came of it.
 *
 * <p>Each other command is a class of its name, a {@link io.partd.cli.StoreCommand} about a store, or a
 * {@link io.partd.cli.KeyCommand} about a key of one. What is wrong is a {@link io.partd.cli.Failure}, which
 * {@link io.partd.cli.Errors} turns into one line.
 */
package io.partd.cli;
