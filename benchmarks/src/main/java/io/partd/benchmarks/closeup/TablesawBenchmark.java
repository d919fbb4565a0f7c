package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.peers.TablesawPeer;
import io.partd.benchmarks.peers.TablesawTables;
import io.partd.tablesaw.TablePartd;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import tech.tablesaw.api.Table;

/** The same tables as Tablesaw's: in a file store, and what one would do with Tablesaw alone. */
public class TablesawBenchmark extends CloseUp {
    private static final Partitioner BY = Partitioner.hash(TableSizes.PARTS, "symbol");

    /** The tables, and a store that is made anew for each iteration. */
    public abstract static class Saw extends TableShot {
        List<Table> saw;
        private TablePartd store;

        @Override
        void make() {
            super.make();
            saw = TablesawTables.of(tables);
        }

        final void open() {
            store = TablePartd.over(Partds.file(own));
        }

        final long append() {
            long rows = 0;
            for (int i = 0; i < tables.sizes().batches(); i++) {
                Table table = saw.get(i % saw.size());
                store.append(table, BY);
                rows += table.rowCount();
            }
            return count(rows);
        }

        final long get() {
            long rows = 0;
            for (int part = 0; part < TableSizes.PARTS; part++) {
                rows += store.get(Integer.toString(part)).rowCount();
            }
            return count(rows);
        }

        @Override
        void close() {
            store.close();
        }
    }

    /** An empty store. */
    public static class Empty extends Saw {
        @Override
        void prepare() throws IOException {
            open();
            warmMemory();
        }
    }

    /** A store that holds all, and whose handle has appended it. */
    public static class Full extends Saw {
        @Override
        void prepare() {
            open();
            append();
        }
    }

    /** A tenth of the tables and no store: it takes long. */
    public static class Alone extends Saw {
        /** What is done. */
        @Param
        public TablesawPeer peer;

        private int count() {
            return tables.sizes().batches() / 10;
        }

        @Override
        long bytes() {
            return super.bytes() / 10;
        }

        @Override
        long rows() {
            return (long) count() * tables.sizes().batchRows();
        }

        @Override
        void prepare() {
            if (peer == TablesawPeer.CSV_READ) TablesawPeer.CSV_WRITE.run(saw, count(), own);
        }

        @Override
        void close() {}
    }

    /** Partitioning and appending. */
    @Benchmark
    public long write(Empty store) {
        return store.append();
    }

    /** Getting every part as one table. */
    @Benchmark
    public long get(Full store) {
        return store.get();
    }

    /** Nothing is partitioned. */
    @Benchmark
    public long alone(Alone tables) {
        return tables.count(tables.peer.run(tables.saw, tables.count(), tables.own));
    }
}
