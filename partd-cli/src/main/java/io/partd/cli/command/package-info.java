/**
 * Internal: one class for each command, with its options and its help; {@code PartdCommand} has the list. A
 * {@code StoreCommand} is about a store, a {@code DirectoryCommand} about the files of one. What is wrong is a
 * {@code Failure}, which {@code Errors} turns into one line.
 */
package io.partd.cli.command;
