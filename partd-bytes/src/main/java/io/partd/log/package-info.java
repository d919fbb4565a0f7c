/**
 * The format of file stores, as docs/format.md has it, and what can be done with it on any medium: segments are written
 * through a {@link io.partd.log.Sink}, read through a {@link io.partd.log.Source}, indexed and rewritten, and a
 * manifest says which of them count. Knows no locks, no processes and no directories: {@link io.partd.log.Medium} is
 * all that it asks for. Internal: not exported.
 */
package io.partd.log;
