package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Form;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.StoreKind;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The stores of bytes: all appends to an empty one, or a get of every key. */
public class BytesBenchmark extends CloseUp {

    /** An empty store. */
    public static class Empty extends BytesShot {
        /** The store. */
        @Param
        public StoreKind store;

        /** What is appended. */
        @Param
        public Shape shape;

        @Override
        void prepare() throws IOException {
            open(store, shape);
            warmMemory();
        }
    }

    /** An empty file store. */
    public static class EmptyFile extends BytesShot {
        /** What is appended. */
        @Param({"HEAP", "DIRECT"})
        public Shape shape;

        @Override
        void prepare() throws IOException {
            open(StoreKind.FILE, shape);
            warmMemory();
        }
    }

    /** A store that holds all, and whose handle has appended it. */
    public static class Full extends BytesShot {
        /** The store. */
        @Param
        public StoreKind store;

        /** What was appended. */
        @Param({"SMALL", "HEAP"})
        public Shape shape;

        /** What is made of a value. */
        @Param
        public Form form;

        @Override
        void prepare() throws Exception {
            open(store, shape);
            append(1);
        }
    }

    /** Appending. */
    @Benchmark
    public long append(Empty store) throws Exception {
        return store.append(1);
    }

    /** Appending by two threads. */
    @Benchmark
    public long appendByTwo(EmptyFile store) throws Exception {
        return store.append(2);
    }

    /** Reading for the first time since. */
    @Benchmark
    public long get(Full store) {
        return store.get(store.form);
    }
}
