package io.partd.benchmarks.closeup;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.benchmarks.data.Sources;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A file store of many chunks of 16 bytes, none of which lies behind another of its key. */
public class ChunksBenchmark extends CloseUp {
    private static final List<String> KEYS = Sources.keys(1000);
    private static final int CHUNK = 16;

    /** A directory, and the store in it that an iteration opens. */
    public abstract static class Chunks extends Shot {
        private FilePartd store;

        final int chunks() {
            return context.sizes().openChunks();
        }

        final void open() {
            store = Partds.file(own);
        }

        final void append() {
            Map<String, Bytes> batch = new LinkedHashMap<>();
            for (String key : KEYS) batch.put(key, Bytes.of(new byte[CHUNK]));
            for (int i = 0; i < chunks(); i += KEYS.size()) store.append(batch);
        }

        /** The first value: the index is brought up to date. */
        final long read() {
            return count(store.get(KEYS.get(0)).size());
        }

        /** Says nothing of the speed. */
        @Override
        long bytes() {
            return 0;
        }

        @Override
        long expected() {
            return (long) chunks() / KEYS.size() * CHUNK;
        }

        @Override
        void close() {
            if (store != null) store.close();
            store = null;
        }
    }

    /** A closed store, whose segments have footers. */
    public static class Closed extends Chunks {
        @Override
        void prepare() {
            open();
            append();
            close();
        }
    }

    /** Whose index is measured. */
    public enum Handle {
        /** The one that has appended the chunks. */
        WRITER,
        /** One that has read them from footers. */
        READER
    }

    /** An empty directory, or a closed store. */
    public static class Index extends Closed {
        /** Whose. */
        @Param
        public Handle handle;

        @Override
        void prepare() {
            if (handle == Handle.READER) super.prepare();
        }
    }

    /** Opening, up to the first value that is read. */
    @Benchmark
    public long open(Closed store) {
        store.open();
        return store.read();
    }

    /**
     * Not the time matters but the heap: what is used after a garbage collection with the store, less what was without
     * it.
     */
    @Benchmark
    public long index(Index store) {
        long before = usedHeap();
        store.open();
        if (store.handle == Handle.WRITER) store.append();
        long read = store.read();
        Speed.say("heap", (double) (usedHeap() - before) / store.chunks(), "B/chunk");
        return read;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc(); // what has a cleaner needs more than one
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
