package io.partd.disk;

import io.partd.log.Source;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Segments that are finished, and read by many who come and go: each is mapped once for all of them, whatever its size,
 * as long as somebody has it. Safe for several threads.
 */
public final class SharedSegments {
    private static final Map<Path, Entry> OPEN = new HashMap<>();
    private static final ReferenceQueue<Source> GONE = new ReferenceQueue<>();

    private SharedSegments() {}

    private static final class Entry extends WeakReference<Source> {
        final Path file;

        Entry(Path file, Source source) {
            super(source, GONE);
            this.file = file;
        }
    }

    /** The segment of this name; nothing is read or mapped before it is asked for. */
    public static Source of(Path directory, String name) {
        Path file = directory.resolve(name);
        synchronized (OPEN) {
            for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                OPEN.remove(((Entry) gone).file, gone);
            }
            Entry entry = OPEN.get(file);
            Source source = entry == null ? null : entry.get();
            if (source == null) {
                source = new LocalSource(new LocalMedium(directory, MapBudget.OF_THIS_JVM, 0), name, 1);
                OPEN.put(file, new Entry(file, source));
            }
            return source;
        }
    }
}
