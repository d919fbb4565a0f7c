package io.partd.file;

import io.partd.disk.LocalMedium;
import io.partd.log.GrowingMedium;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A handle of a store that is only read. It makes and writes no file, and does not open the lock file: to close it
 * would give up the locks of a writer in the same process.
 */
public final class ReadOnlyHandle extends Handle {
    private ReadOnlyHandle(Path directory, GrowingMedium medium, StoreState state) {
        super(directory, medium, state, new SegmentLoader(medium));
    }

    /** Opens the store in a directory, which must exist. */
    public static ReadOnlyHandle open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no such directory, and none is made for a store that is only read");
        }
        GrowingMedium medium = new LocalMedium(directory);
        return open(directory, medium, new FollowedState(directory.resolve(ControlFile.FILE), medium));
    }

    /** Opens the store in a directory as where its control file says nothing. */
    public static ReadOnlyHandle openScanning(Path directory) throws IOException {
        GrowingMedium medium = new LocalMedium(directory);
        return open(directory, medium, new ScannedState(medium));
    }

    private static ReadOnlyHandle open(Path directory, GrowingMedium medium, StoreState state) throws IOException {
        ReadOnlyHandle handle = new ReadOnlyHandle(directory, medium, state);
        boolean ready = false;
        try {
            handle.lookAgain(Catalog::contents); // what cannot be read at all is found now
            RoomKeeper.add(handle);
            ready = true;
            return handle;
        } finally {
            if (!ready) medium.close();
        }
    }

    @Override
    public FileHandle writing() {
        requireOpen();
        throw new UnsupportedOperationException("the store in " + directory + " was opened for reading only: to change"
                + " or lock it, open it without FileOptions.readOnly()");
    }

    @Override
    public long removals() {
        return look(catalog -> {
            catalog.readable();
            return catalog.removals();
        });
    }

    /** Nothing was written here, and what others wrote is theirs to sync. */
    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    boolean leaveReplaced() {
        return true;
    }

    @Override
    void release() throws IOException {
        medium.close();
    }
}
