package io.partd;

import io.partd.file.ReadOnlyHandle;
import io.partd.testing.ReadElsewhere;
import io.partd.testing.ReferencePartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The one place where tests reach for what only some stores offer. */
public final class TestStores {
    private TestStores() {}

    /** Opens a store to read it as where no control file says how far it has come: on another machine, or in a copy. */
    public static FilePartd scanned(Path directory) {
        try {
            return new FilePartd(ReadOnlyHandle.openScanning(directory), null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the store in " + directory, e);
        }
    }

    /** Compacts the store, where it can be. */
    public static void compact(Partd<?> store) {
        if (store instanceof FilePartd file) file.compact();
        if (store instanceof ReadElsewhere elsewhere) elsewhere.writer.compact();
        if (store instanceof ReferencePartd reference) reference.compact();
    }
}
