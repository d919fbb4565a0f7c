package io.partd.hadoop;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;

/**
 * A local file as Hadoop writes it, but without a process that sets its permissions: without native libraries Hadoop
 * starts one for each file.
 */
final class LocalOutput extends FilterOutputStream implements Syncable, StreamCapabilities {
    private final FileOutputStream file;

    private LocalOutput(FileOutputStream file) {
        super(file);
        this.file = file;
    }

    /** Opens a new file, and makes the directories that are missing above it. */
    static FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
        if (!overwrite && Files.exists(path)) throw new FileAlreadyExistsException(path.toString());
        Files.createDirectories(path.getParent());
        return new FSDataOutputStream(new LocalOutput(new FileOutputStream(path.toFile())), null);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
    }

    @Override
    public void hflush() {}

    @Override
    public void hsync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public boolean hasCapability(String capability) {
        return capability.equalsIgnoreCase(StreamCapabilities.HSYNC);
    }
}
