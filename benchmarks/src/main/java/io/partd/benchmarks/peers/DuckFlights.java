package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.Duck;
import io.partd.benchmarks.data.DuckForm;
import io.partd.benchmarks.data.Task;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;

/** DuckDB from one end to the other. */
final class DuckFlights implements FlightPeer {
    private final DuckForm form;
    private final Task task;
    private BufferAllocator allocator;
    private Path directory;
    private Duck duck;

    DuckFlights(DuckForm form, Task task) {
        this.form = form;
        this.task = task;
    }

    @Override
    public void open(Path newDirectory, BufferAllocator newAllocator) throws SQLException {
        directory = newDirectory;
        allocator = newAllocator;
        duck = new Duck(directory, task);
    }

    @Override
    public void write(Path source) throws SQLException {
        duck.run(form.write("read_parquet('" + source + "')", "origin", directory));
        duck.run("CHECKPOINT");
    }

    @Override
    public void read(Rows rows) throws Exception {
        for (String part : form.parts(duck, directory)) {
            duck.query("SELECT * FROM " + form.part(directory, part), allocator, reader -> {
                while (reader.loadNextBatch()) rows.read(reader.getVectorSchemaRoot());
            });
        }
    }

    @Override
    public void close() throws SQLException {
        if (duck != null) duck.close();
        duck = null;
    }
}
