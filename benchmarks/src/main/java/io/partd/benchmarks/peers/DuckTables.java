package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.Duck;
import io.partd.benchmarks.data.DuckForm;
import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.data.TablesReader;
import io.partd.benchmarks.data.Task;
import java.nio.file.Path;
import java.sql.SQLException;

/** DuckDB, which is given the batches as one Arrow stream, and gives each part as Arrow batches. */
final class DuckTables implements TablePeer {
    private final DuckForm form;
    private final Task task;
    private Tables tables;
    private Path directory;
    private int parts;
    private Duck duck;

    DuckTables(DuckForm form, Task task) {
        this.form = form;
        this.task = task;
    }

    @Override
    public void open(Path newDirectory, Tables newTables, int newParts) throws SQLException {
        directory = newDirectory;
        tables = newTables;
        parts = newParts;
        duck = new Duck(directory, task);
    }

    @Override
    public long write() throws Exception {
        try (TablesReader source = new TablesReader(tables)) {
            String part = "hash(symbol) % " + parts;
            duck.run(form.write("source", part, directory), source, tables.allocator());
        }
        duck.run("CHECKPOINT");
        return tables.sizes().rows();
    }

    @Override
    public boolean readsColumns() {
        return true;
    }

    @Override
    public void read(PriceSum sum, boolean priceAlone) throws Exception {
        String columns = priceAlone ? "price" : "*";
        for (String part : form.parts(duck, directory)) {
            duck.query("SELECT " + columns + " FROM " + form.part(directory, part), tables.allocator(), sum::add);
        }
    }

    @Override
    public TableSums sums() throws SQLException {
        long[] sums = duck.numbers(TableSums.SQL + form.all(directory), 6);
        return new TableSums(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    @Override
    public void close() throws SQLException {
        if (duck != null) duck.close();
        duck = null;
    }
}
