package io.partd;

import java.nio.file.Path;

/**
 * Stores that processes share: named, so that a child can be told which. The broken ones show that the runs find what
 * is wrong.
 */
enum SharedStore {
    REFERENCE,
    /** Appends key by key. */
    TEARS,
    /** Returns from append before it has written. */
    SHOWS_LATE,
    /** Locks nothing. */
    LOCKS_NOTHING;

    Partd<Bytes> open(Path directory) {
        Partd<Bytes> reference = new ReferencePartd(directory);
        return this == REFERENCE ? reference : Fault.valueOf(name()).in(reference);
    }
}
