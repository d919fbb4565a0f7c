package io.partd.benchmarks.peers;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.data.Duck;
import io.partd.benchmarks.data.Task;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** This project's store of tables; the Parquet file is read by DuckDB. */
final class PartdFlights implements FlightPeer {
    private static final long STAGED = 64 << 20;

    private final Task task;
    private BufferAllocator allocator;
    private ArrowPartd store;
    private Duck duck;

    PartdFlights(Task task) {
        this.task = task;
    }

    @Override
    public void open(Path directory, BufferAllocator newAllocator) throws SQLException {
        allocator = newAllocator;
        store = ArrowPartd.over(
                Partds.file(directory), allocator, ArrowOptions.defaults().withStageBytes(STAGED));
        duck = new Duck(null, task);
    }

    @Override
    public void write(Path source) throws Exception {
        Partitioner by = Partitioner.values("origin");
        duck.query("SELECT * FROM read_parquet('" + source + "')", allocator, reader -> store.append(reader, by));
        store.keys(); // what is staged is written before they are known
    }

    @Override
    public void read(Rows rows) {
        for (String key : store.keys()) {
            try (VectorSchemaRoot part = store.get(key)) {
                rows.read(part);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (store != null) store.close();
        if (duck != null) duck.close();
        store = null;
        duck = null;
    }
}
