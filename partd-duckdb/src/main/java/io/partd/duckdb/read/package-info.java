/**
 * Internal: what is read into stores. {@code Inputs} finds files and {@code StreamInput} looks at streams;
 * {@code Reads} opens them as {@code Source}s, of Arrow's readers or of statements over an {@code InputTable};
 * {@code Selection} says which rows and columns, {@code SplitPlan} which row goes where; {@code ReadFailure} has the
 * words.
 */
package io.partd.duckdb.read;
