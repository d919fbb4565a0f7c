/**
 * Internal: finds and reads inputs. {@code Inputs} finds files and tells what they hold by their first bytes
 * ({@code InputFormat}); a {@code Source} reads them as Arrow batches, {@code ArrowSource} by itself and
 * {@code DuckSource} through DuckDB; {@code Batches} is all of them, one after the other.
 */
package io.partd.cli.input;
