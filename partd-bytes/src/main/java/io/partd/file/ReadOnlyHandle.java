package io.partd.file;

import io.partd.disk.Interrupts;
import io.partd.disk.LocalMedium;
import io.partd.log.GrowingMedium;
import io.partd.log.NewerFormatException;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
        ControlFile control = control(directory.resolve(ControlFile.FILE));
        return open(directory, medium, control == null ? new ScannedState(medium) : new MappedState(control));
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

    /** The words of the store's processes, or null where there are none of this machine's, or they are kept secret. */
    private static ControlFile control(Path file) throws IOException {
        if (!Files.isReadable(file)) return null;
        return Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                if (channel.size() < ControlFile.SIZE) return null; // it is just being made: a map would pass its end
                ControlFile control = new ControlFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, ControlFile.SIZE));
                NewerFormatException.check(control.version(), file.toString());
                return control.isCurrent(LocalMedium.bootId()) ? control : null;
            }
        });
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
