package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.Duck;
import io.partd.benchmarks.data.FlightSums;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.FlightPeer;
import io.partd.benchmarks.peers.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** W6: real flights, from a Parquet file to a part for each origin, and each part read as a table. */
final class FlightContest implements PeerRun {
    private final BufferAllocator allocator = new RootAllocator();
    private final FlightPeer peer;
    private final Path source;
    private FlightSums expected;

    FlightContest(Task task) {
        source = source(task);
        peer = Peer.of(task).flights(task);
    }

    private static Path source(Task task) {
        return Path.of(task.text("flights"));
    }

    @Override
    public void prepare() throws Exception {
        Files.readAllBytes(source); // into the page cache
        expected = sums(source);
    }

    @Override
    public void open(Path directory) throws Exception {
        peer.open(directory, allocator);
    }

    @Override
    public List<Phase> phases() {
        long bytes = source.toFile().length();
        return List.of(
                new Phase("write", bytes, expected.rows(), this::write),
                new Phase("read", bytes, expected.rows(), this::read));
    }

    private long write() throws Exception {
        peer.write(source);
        return expected.rows();
    }

    /** Sums the delays of each part. */
    private long read() throws Exception {
        long[] sums = new long[2];
        peer.read(table -> {
            sums[0] += table.getRowCount();
            sums[1] += FlightSums.delays(table);
        });
        if (sums[1] != expected.delays()) {
            throw new IllegalStateException("the delays sum up to " + sums[1] + " instead of " + expected.delays());
        }
        return sums[0];
    }

    @Override
    public String check() throws Exception {
        Totals totals = new Totals();
        peer.read(totals);
        return totals.sums.toString();
    }

    private static final class Totals implements FlightPeer.Rows {
        private FlightSums sums = FlightSums.NONE;

        @Override
        public void read(VectorSchemaRoot table) {
            sums = sums.plus(FlightSums.of(table));
        }
    }

    /** What {@link #check} gives when nothing is lost. */
    static String expected(Task task) throws Exception {
        return sums(source(task)).toString();
    }

    private static FlightSums sums(Path source) throws Exception {
        Duck duck = new Duck(null, new Task("W6", "source", Map.of()));
        try {
            return FlightSums.of(duck, "read_parquet('" + source + "')");
        } finally {
            duck.close();
        }
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }
}
