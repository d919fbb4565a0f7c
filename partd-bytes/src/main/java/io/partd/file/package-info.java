/**
 * A store in a directory, used by many threads, handles and processes at once: what a {@link io.partd.file.Handle}
 * knows of it and may do to it, the words and the lock that all of them share, and what changes the set of segments.
 * Internal: not exported.
 */
package io.partd.file;
