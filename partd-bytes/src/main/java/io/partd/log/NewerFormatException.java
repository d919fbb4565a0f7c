package io.partd.log;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file that a newer version of partd wrote. */
public final class NewerFormatException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private NewerFormatException(String message) {
        super(message, new IOException(message));
    }

    public static void check(long version, String file) {
        if (version > SegmentFormat.VERSION) {
            throw new NewerFormatException(
                    file + " has format version " + version + ", and this partd reads up to version "
                            + SegmentFormat.VERSION + ": open the store with a newer partd");
        }
    }
}
