package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.TableForm;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Arrow tables in a file store: all batches are partitioned and appended, or every part is read. */
public class TableBenchmark extends CloseUp {

    /** An empty store. */
    public static class Empty extends TableShot {
        /** How tables are stored. */
        @Param
        public TableLayout layout;

        @Override
        void prepare() throws IOException {
            open(layout);
            warmMemory();
        }
    }

    /** An empty store where nothing is compressed or staged. */
    public static class EmptyPlain extends TableShot {
        @Override
        void prepare() throws IOException {
            open(TableLayout.PLAIN);
            warmMemory();
        }
    }

    /** An empty store of parts by id. */
    public static class EmptyById extends TableShot {
        /** How tables are stored. */
        @Param({"PARTS_64", "PARTS_64_STAGED", "MANY_PARTS_STAGED"})
        public TableLayout layout;

        @Override
        void prepare() throws IOException {
            open(layout);
            warmMemory();
        }
    }

    /** A store that holds the table, and whose handle has appended it. */
    public static class Full extends TableShot {
        /** How the table is stored. */
        @Param({"PLAIN", "LZ4", "ZSTD"})
        public TableLayout layout;

        /** How parts are read. */
        @Param
        public TableForm form;

        @Override
        void prepare() throws Exception {
            open(layout);
            write(1);
        }
    }

    /** Partitioning and appending; nothing is staged any more in the end. */
    @Benchmark
    public long write(Empty store) throws Exception {
        return store.write(1);
    }

    /** The same by two threads. */
    @Benchmark
    public long writeByTwo(EmptyPlain store) throws Exception {
        return store.write(2);
    }

    /** Reading every part for the first time since. */
    @Benchmark
    public long read(Full store) throws IOException {
        return store.read(store.form);
    }

    /** A whole shuffle: writing, then a get of every part, whose prices are summed. */
    @Benchmark
    public long shuffle(EmptyById store) throws Exception {
        store.write(1);
        return store.read(TableForm.GET_SUM);
    }
}
