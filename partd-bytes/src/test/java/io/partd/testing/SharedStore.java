package io.partd.testing;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.TestStores;
import java.nio.file.Path;

/**
 * Stores that processes share: named, so that a child can be told which. The broken ones show that the runs find what
 * is wrong.
 */
public enum SharedStore {
    FILE,
    /** Read by handles that were opened for reading only. */
    FILE_READ,
    /** Read without a control file. */
    FILE_SCANNED,
    REFERENCE,
    /** Appends key by key. */
    TEARS,
    /** Returns from append before it has written. */
    SHOWS_LATE,
    /** Locks nothing. */
    LOCKS_NOTHING;

    Partd<Bytes> open(Path directory) {
        return switch (this) {
            case FILE, FILE_READ, FILE_SCANNED -> Partds.file(directory);
            case REFERENCE -> new ReferencePartd(directory);
            default -> Fault.valueOf(name()).in(new ReferencePartd(directory));
        };
    }

    /** A handle that is only read from. */
    Partd<Bytes> openReader(Path directory) {
        return switch (this) {
            case FILE_READ -> Partds.file(directory, FileOptions.readOnly());
            case FILE_SCANNED -> TestStores.scanned(directory);
            default -> open(directory);
        };
    }
}
