package io.partd.disk;

import io.partd.CorruptPartdException;
import io.partd.base.Log;
import io.partd.log.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** A local segment, the start of which may be mapped: maps stay readable when the file is deleted. */
final class LocalSource implements Source {
    /** The size up to which a finished segment is read by position rather than mapped. */
    private static final long MAP_FROM = 1 << 20;

    private static final long MAP_TAIL = 16 << 20;
    private static final long LENGTH_HOLDS_NANOS = 1_000_000_000;

    private final LocalMedium medium;
    private final String name;
    private final long mapFrom;

    private volatile MappedWindows windows = MappedWindows.NONE;
    /** When the file was last seen to have all that is mapped. */
    private volatile long lengthCheckedAt = System.nanoTime() - LENGTH_HOLDS_NANOS;

    LocalSource(LocalMedium medium, String name) {
        this(medium, name, MAP_FROM);
    }

    /** A segment that is mapped, once it is finished, if it has so many bytes. */
    LocalSource(LocalMedium medium, String name, long mapFrom) {
        this.medium = medium;
        this.name = name;
        this.mapFrom = mapFrom;
    }

    @Override
    public String describe() {
        return medium.describe(name);
    }

    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
        return medium.read(name, position, dst);
    }

    @Override
    public long kept() {
        return windows.end();
    }

    /**
     * Maps all of a finished segment, and of a live one what it has grown by since, as soon as it is much. Maps are
     * few, for Java 17 gives them back only when they are garbage.
     */
    @Override
    public synchronized void keep(long readable, boolean finished) throws IOException {
        long mapped = windows.end();
        long tail = readable - mapped;
        if (tail <= 0) return;
        MappedWindows more = null;
        if (finished && readable >= mapFrom) {
            more = MappedWindows.NONE.extend(medium, name, readable);
        } else if (tail >= Math.min(MAP_TAIL, Math.max(MAP_FROM, mapped / 4))) {
            more = windows.extend(medium, name, readable);
        }
        if (more != null) windows = more;
    }

    /** To touch what the file does not have any more kills the JVM. Looks at the file once in a second at most. */
    @Override
    public void check(long now) {
        long mapped = windows.end();
        if (now - lengthCheckedAt < LENGTH_HOLDS_NANOS || mapped == 0) return;
        try {
            long size = medium.size(name);
            if (size < mapped) {
                throw new CorruptPartdException(
                        describe(), size, "the file has lost bytes; expected at least " + mapped);
            }
        } catch (NoSuchFileException e) {
            Log.get().log(Level.TRACE, "{0} is deleted; its maps have all of it", name);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + describe() + ": " + e.getMessage(), e);
        }
        lengthCheckedAt = now;
    }

    @Override
    public ByteBuffer view(long from, long to) {
        return windows.prefix(from, to);
    }

    @Override
    public boolean copy(long from, byte[] dst, int at, int length) {
        return windows.copy(from, dst, at, length);
    }
}
