package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.Peer;
import io.partd.benchmarks.peers.TablePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** W3 and W7: a table that comes in batches, split into parts, each of which is then read as one table. */
final class TableContest implements PeerRun {
    private final TablePeer peer;
    private final int parts;
    private final Tables tables;
    private long cents;

    TableContest(Task task) {
        this.peer = Peer.of(task).tables(task);
        this.parts = parts(task);
        this.tables = tables(task);
    }

    private static int parts(Task task) {
        return task.number("parts", TableSizes.PARTS);
    }

    /** There are many more symbols than parts. */
    private static Tables tables(Task task) {
        TableSizes sizes = task.sizes().tables().times(task.number("times", 1));
        int parts = parts(task);
        return new Tables(sizes, parts <= TableSizes.PARTS ? Tables.SYMBOLS : 16 * parts);
    }

    @Override
    public void prepare() {
        cents = TableSums.of(tables).cents();
    }

    @Override
    public void open(Path directory) throws Exception {
        peer.open(directory, tables, parts);
    }

    @Override
    public List<Phase> phases() {
        long bytes = tables.bytes();
        long rows = tables.sizes().rows();
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("write", bytes, rows, peer::write));
        phases.add(new Phase("read", bytes, rows, () -> read(false)));
        if (peer.readsColumns()) phases.add(new Phase("column", bytes, rows, () -> read(true)));
        return phases;
    }

    private long read(boolean priceAlone) throws Exception {
        PriceSum sum = new PriceSum();
        peer.read(sum, priceAlone);
        return sum.rows(cents);
    }

    @Override
    public String check() throws Exception {
        return peer.sums().toString();
    }

    /** What {@link #check} gives when nothing is lost. */
    static String expected(Task task) {
        try (Tables tables = tables(task)) {
            return TableSums.of(tables).toString();
        }
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }
}
