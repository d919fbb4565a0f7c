package io.partd.testing;

import com.sun.management.ThreadMXBean;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FilePartd;
import io.partd.Partds;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads stores that may be broken, and sees to it that what a broken length asks for is never allocated. */
public final class BoundedRead {
    /** More than anything here needs, and less than a broken length asks for. */
    private static final long MAX_ALLOCATED = 32 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private BoundedRead() {}

    /** What the store holds, or null if it or a read says that it is corrupt; other exceptions pass through. */
    public static SortedMap<String, Bytes> content(Path directory) {
        return bounded(() -> {
            try (FilePartd store = Partds.file(directory)) {
                return content(store);
            } catch (CorruptPartdException e) {
                if (!e.getMessage().contains(directory.toString())) throw new AssertionError("names no file", e);
                return null;
            }
        });
    }

    private static SortedMap<String, Bytes> content(FilePartd store) {
        SortedMap<String, Bytes> content = new TreeMap<>();
        for (String key : store.keys()) {
            Bytes value = store.get(key);
            if (value.size() > MAX_ALLOCATED) throw new AssertionError("impossible size of " + key + ": " + value);
            content.put(key, Bytes.of(value.toArray()));
        }
        return content;
    }

    static <T> T bounded(Supplier<T> work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = work.get();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MAX_ALLOCATED) throw new AssertionError("allocated " + allocated + " bytes");
        return result;
    }
}
