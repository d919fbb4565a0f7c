package io.partd;

import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
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
    /** An emptied store gives its room back at once if it is at least this much. */
    private static final long WORTH_DROPPING = 1 << 20;

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
            return appendBatch(values, heads, marks);
        } finally {
            event.end(handle.directory(), values.values());
        }
    }

    private Set<String> appendBatch(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        RecordContent batch = content(values, heads, marks);
        FileHandle writing = handle.writing();
        requireWanted();
        if (heads.isEmpty()) {
            if (!batch.isEmpty()) writing.shared(() -> writing.write(batch));
            return Set.of();
        }
        boolean[] done = {false};
        writing.shared(() -> {
            if (!headless(heads.keySet()).isEmpty()) return;
            RecordContent written = batch.withHeadsOf(Set.of());
            if (!written.isEmpty()) writing.write(written);
            done[0] = true;
        });
        return done[0] ? Set.of() : appendWithHeads(writing, batch, heads.keySet());
    }

    /** What an append's record is to hold, with all of its heads. */
    static RecordContent content(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        RecordContent content = RecordContent.append(values.size() + heads.size(), marks);
        heads.forEach((key, value) -> add(content, key, true, value));
        values.forEach((key, value) -> add(content, key, false, value));
        return content.checkSize();
    }

    private static void add(RecordContent batch, String key, boolean head, Bytes value) {
        if (value == null) throw new NullPointerException("the value for key " + key + " is null");
        batch.add(key, head, value.pieces(), value.size());
    }

    private void requireWanted() {
        if (ProgressDisplays.stopped()) {
            throw Failures.interrupted(
                    "interrupted before an append to the store in " + handle.directory() + "; nothing was changed");
        }
    }

    /** Decides and writes while nobody else appends. */
    private Set<String> appendWithHeads(FileHandle writing, RecordContent batch, Set<String> keys) {
        Set<String> missing = new HashSet<>();
        writing.exclusive(() -> {
            missing.addAll(headless(keys));
            RecordContent written = batch.withHeadsOf(missing);
            if (!written.isEmpty()) writing.write(written);
        });
        return missing;
    }

    /** Those of the keys that hold no bytes; under a lock that keeps it so, or more of them. */
    private Set<String> headless(Set<String> keys) throws IOException {
        return handle.read(catalog -> {
            Set<String> missing = new HashSet<>();
            for (String key : keys) {
                if (!catalog.holdsBytes(key)) missing.add(key);
            }
            return missing;
        });
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        StoreEvents.Timed event = StoreEvents.get();
        List<Bytes> found = List.of();
        try {
            List<List<Piece>> pieces = handle.reading(() -> handle.read(catalog -> catalog.read(wanted)));
            found = pieces.stream().map(Bytes::ofPieces).toList();
            return found;
        } finally {
            event.end(handle.directory(), found);
        }
    }

    @Override
    public SortedSet<String> keys() {
        return handle.reading(() -> handle.read(catalog -> catalog.index().keys()));
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> doomed = KeyCheck.copy(keys);
        FileHandle writing = handle.writing();
        writing.removing(() -> {
            List<String> present = handle.read(catalog -> catalog.present(doomed));
            if (present.isEmpty()) return;
            writing.write(RecordContent.delete(present));
            boolean emptied = handle.read(
                    catalog -> catalog.index().isEmpty() && catalog.index().valueBytes() >= WORTH_DROPPING);
            if (emptied) writing.maintenance().drop();
        });
    }

    @Override
    public void drop() {
        FileHandle writing = handle.writing();
        writing.removing(() -> writing.maintenance().drop());
    }

    @Override
    public long removals() {
        return handle.reading(handle::removals);
    }

    @Override
    public void flush() {
        StoreEvents.Timed event = StoreEvents.flush();
        try {
            handle.whileOpen(handle::sync);
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
            handle.writing().maintenance().compact(shown);
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
        Catalog.Figures now = handle.reading(() -> handle.read(Catalog::figures));
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
