package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.benchmarks.data.DoubleArrays;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** Arrays of doubles in a file store: appending one to each of 8 keys at a time, or a get of each key. */
public class ArrayBenchmark extends CloseUp {

    /** A store that is made anew for each iteration. */
    public abstract static class Arrays extends Shot {
        private List<Map<String, double[]>> batches;
        private ArrayPartd<double[]> store;

        @Override
        void make() {
            batches = DoubleArrays.batches(context.sizes());
        }

        @Override
        long bytes() {
            return context.sizes().tables().arrayBytes();
        }

        final void open() {
            store = ArrayPartd.over(double[].class, Partds.file(own));
        }

        final long append() {
            int appends = context.sizes().tables().arrayAppends();
            for (int i = 0; i < appends; i++) store.append(batches.get(i % batches.size()));
            return count(bytes());
        }

        final long get() {
            long bytes = 0;
            for (String key : DoubleArrays.KEYS) bytes += (long) store.get(key).length * Double.BYTES;
            return count(bytes);
        }

        @Override
        void close() {
            store.close();
        }
    }

    /** An empty store. */
    public static class Empty extends Arrays {
        @Override
        void prepare() throws IOException {
            open();
            PlainFiles.warmMemory(own, bytes());
        }
    }

    /** A store that holds all, and whose handle has appended it. */
    public static class Full extends Arrays {
        @Override
        void prepare() {
            open();
            append();
        }
    }

    /** All appends. */
    @Benchmark
    public long append(Empty store) {
        return store.append();
    }

    /** All gets. */
    @Benchmark
    public long get(Full store) {
        return store.get();
    }
}
