package io.partd;

import io.partd.base.Failures;
import io.partd.base.KeyCheck;
import io.partd.base.Piece;
import io.partd.disk.LocalMedium;
import io.partd.file.FileHandle;
import io.partd.file.Handle;
import io.partd.file.ReadOnlyHandle;
import io.partd.file.TempDirectory;
import io.partd.log.Compaction;
import io.partd.log.Figures;
import io.partd.log.RecordContent;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/**
 * A store in a directory, as {@link Partds#file(Path)} returns it: a log of segments. Any number of threads, handles
 * and processes of one machine may use a directory at once. Every method of {@link Partd} does here what it says there,
 * and {@code lock()} is shared by all handles of the directory.
 */
public final class FilePartd implements Partd<Bytes> {
    static {
        MarkedStores.register(FilePartd.class, store -> new FileMarks(store, store.handle));
    }

    private final Handle handle;
    /** The directory that goes with this store, or null. */
    private final TempDirectory temporary;

    FilePartd(Handle handle, TempDirectory temporary) {
        this.handle = handle;
        this.temporary = temporary;
    }

    static FilePartd open(Path path, FileOptions options) {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(options, "options is null");
        Path directory = path.toAbsolutePath();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw Failures.world(
                    "cannot open a store in " + path + ": it is a file; name a directory, or remove the file");
        }
        try {
            if (!options.writable()) return new FilePartd(ReadOnlyHandle.open(directory), null);
            LocalMedium.createDirectories(directory);
            return new FilePartd(FileHandle.open(directory, options), null);
        } catch (IOException e) {
            throw Failures.world("cannot open a store in " + path, e);
        }
    }

    static FilePartd openTemporary(Path parent) {
        try {
            TempDirectory directory = TempDirectory.create(parent);
            FileHandle handle = null;
            try {
                handle = FileHandle.open(directory.path(), FileOptions.defaults());
                return new FilePartd(handle, directory);
            } finally {
                if (handle == null) directory.close();
            }
        } catch (IOException e) {
            throw Failures.world("cannot make a temporary store in " + parent, e);
        }
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return append(values, heads, List.of());
    }

    /** Appends, and remembers the marks with it. */
    Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        Objects.requireNonNull(values, "values is null");
        Objects.requireNonNull(heads, "heads is null");
        StoreEvents.Timed event = StoreEvents.append();
        try {
            RecordContent content = content(values, heads, marks);
            FileHandle writing = handle.writing();
            requireWanted();
            return writing.append(content, heads.keySet());
        } finally {
            event.end(handle.directory(), values.values());
        }
    }

    /** What an append's record is to hold, with all of its heads. */
    static RecordContent content(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        RecordContent content = RecordContent.append(values.size() + heads.size(), marks);
        heads.forEach((key, value) -> add(content, key, true, value));
        values.forEach((key, value) -> add(content, key, false, value));
        return content.checkSize();
    }

    private static void add(RecordContent content, String key, boolean head, Bytes value) {
        if (value == null) throw new NullPointerException("the value for key " + key + " is null");
        content.add(key, head, value.pieces(), value.size());
    }

    private void requireWanted() {
        if (ProgressDisplays.stopped()) {
            throw Failures.interrupted(
                    "interrupted before an append to the store in " + handle.directory() + "; nothing was changed");
        }
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        StoreEvents.Timed event = StoreEvents.get();
        List<Bytes> found = List.of();
        try {
            found = bytes(handle.read(wanted));
            return found;
        } finally {
            event.end(handle.directory(), found);
        }
    }

    private static List<Bytes> bytes(List<List<Piece>> values) {
        List<Bytes> all = new ArrayList<>(values.size());
        for (List<Piece> pieces : values) all.add(Bytes.ofPieces(pieces));
        return all;
    }

    @Override
    public SortedSet<String> keys() {
        return handle.keys();
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> doomed = KeyCheck.copy(keys);
        handle.writing().delete(doomed);
    }

    @Override
    public void drop() {
        handle.writing().drop();
    }

    @Override
    public long removals() {
        return handle.removals();
    }

    @Override
    public void flush() {
        StoreEvents.Timed event = StoreEvents.flush();
        try {
            handle.flush();
        } finally {
            event.end(handle.directory());
        }
    }

    @Override
    public Lock lock() {
        return handle.writing().lock();
    }

    /**
     * Rewrites the store so that each key's bytes lie together, and gives back the room of what was deleted. Appends
     * and reads go on meanwhile; needs as much free room as there are live bytes. The segments that other handles are
     * writing are left to them, and what was rewritten of them goes when they are finished.
     */
    public void compact() {
        StoreEvents.Timed event = StoreEvents.compaction();
        try (Shown shown = new Shown()) {
            handle.writing().compact(shown);
        } finally {
            event.end(handle.directory());
        }
    }

    /** Shows how far a compaction is, as soon as it knows how far it has to go. */
    private static final class Shown implements Compaction.Report, AutoCloseable {
        private Progress progress;

        @Override
        public void written(int more, int all) {
            if (progress == null) progress = Progress.begin("compact", "keys", all);
            if (more > 0) progress.add(more);
        }

        @Override
        public void close() {
            if (progress != null) progress.close();
        }
    }

    /** Returns figures of the store as it is now. */
    public Stats stats() {
        Figures now = handle.figures();
        return new Stats(now.liveBytes(), now.deadBytes(), now.fileBytes(), now.segments(), now.chunksPerKey());
    }

    @Override
    public void close() {
        try {
            handle.close();
        } finally {
            if (temporary != null) removeTemporary();
        }
    }

    private void removeTemporary() {
        try {
            temporary.close();
        } catch (IOException e) {
            throw Failures.world("cannot remove the temporary store in " + temporary.path(), e);
        }
    }

    /** Returns the directory that the store is in. */
    public Path directory() {
        return handle.directory();
    }

    /** Returns the class and the directory. */
    @Override
    public String toString() {
        return "FilePartd[" + handle.directory() + "]";
    }

    /**
     * Figures of a file store.
     *
     * @param liveBytes the bytes of all values
     * @param deadBytes the bytes of values that were deleted, and that {@link #compact} would give back
     * @param fileBytes the bytes of all segments, with all that is in them
     * @param segments the number of segments
     * @param chunksPerKey the number of pieces that each key's value lies in; 1 for all of them after {@link #compact}
     */
    public record Stats(
            long liveBytes, long deadBytes, long fileBytes, int segments, SortedMap<String, Integer> chunksPerKey) {}
}
