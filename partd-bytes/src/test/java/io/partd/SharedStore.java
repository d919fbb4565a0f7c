package io.partd;

import java.nio.file.Path;

/**
 * Stores that processes share: named, so that a child can be told which. The broken ones show that the runs find what
 * is wrong.
 */
enum SharedStore {
    FILE,
    REFERENCE,
    /** Appends key by key. */
    TEARS,
    /** Returns from append before it has written. */
    SHOWS_LATE,
    /** Locks nothing. */
    LOCKS_NOTHING;

    Partd<Bytes> open(Path directory) {
        return switch (this) {
            case FILE -> Partds.file(directory);
            case REFERENCE -> new ReferencePartd(directory);
            default -> Fault.valueOf(name()).in(new ReferencePartd(directory));
        };
    }
}
