package io.partd.duckdb.read;

import io.partd.duckdb.engine.Watch;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Temporary files of streams that are read, which are removed on close. */
public final class Kept implements AutoCloseable {
    private final List<Path> files = new ArrayList<>();
    private final Watch.Guard guard;

    /** @param guard of the read that the streams are a part of */
    public Kept(Watch.Guard guard) {
        this.guard = guard;
    }

    /** Copies a stream to a file, and closes it. */
    Path keep(InputStream stream, Path directory, String extension) throws IOException {
        Path file = Files.createTempFile(directory, "partd-input", extension);
        files.add(file);
        try (InputStream watched = watched(stream)) {
            Files.copy(watched, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot keep it in " + directory + " while it is read: " + e.getMessage(), e);
        }
        return file;
    }

    private InputStream watched(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (guard.isOver()) throw new InterruptedIOException("it is not read to its end");
                return super.read(bytes, offset, length);
            }
        };
    }

    @Override
    public void close() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + file + ": " + e.getMessage(), e);
            }
        }
        files.clear();
    }
}
