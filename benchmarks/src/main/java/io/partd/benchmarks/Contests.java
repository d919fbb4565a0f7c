package io.partd.benchmarks;

import java.util.List;

/** Which class runs a task. */
final class Contests {
    private Contests() {}

    static PeerRun of(Task task) {
        return switch (task.workload()) {
            case "W1" -> new ByteContest(task, Shape.SMALL);
            case "W2" -> new ByteContest(task, Shape.HEAP);
            case "W3", "W7" -> new TableContest(task);
            case "W4" -> new ArrayContest(task);
            case "W6" -> new FlightContest(task);
            case "W8" -> new WriterContest(task);
            case "limits" -> new LimitContest(task);
            default -> throw new IllegalArgumentException("no such workload: " + task.workload());
        };
    }

    static BytePeer<?> bytePeer(String name) {
        return switch (name) {
            case "partd file", "partd dict", "partd buffer" -> new PartdPeer(name);
            case "RocksDB", "RocksDB without WAL" -> new RocksPeer(name.equals("RocksDB"));
            case "H2 MVStore" -> new MvStorePeer();
            case "files", "buffered files" -> new FilesPeer(name.equals("buffered files"));
            default -> throw new IllegalArgumentException("no such peer: " + name);
        };
    }

    static TablePeer tablePeer(Task task) {
        return switch (task.peer()) {
            case "partd arrow" -> new PartdTables(task.number("threads", 1), task.number("stageMiB", 0));
            case "partd tablesaw" -> new TablesawTables();
            case "Arrow streams" -> new ArrowFiles();
            case "DuckDB Parquet" -> new DuckTables(DuckForm.PARQUET, task);
            case "DuckDB table" -> new DuckTables(DuckForm.TABLE, task);
            default -> throw new IllegalArgumentException("no such peer: " + task.peer());
        };
    }

    /** What {@link PeerRun#check} gives when nothing is lost, by the data alone. */
    static String expected(Task task) throws Exception {
        return switch (task.workload()) {
            case "W1" -> ByteStore.expected(task.sizes(), Shape.SMALL, ByteSums.WHOLE);
            case "W2" -> ByteStore.expected(task.sizes(), Shape.HEAP, ByteSums.WHOLE);
            case "W3", "W7" -> TableContest.expected(task);
            case "W4" -> ArrayContest.expected(task.sizes());
            case "W6" -> FlightContest.expected(task);
            case "W8" ->
                ByteStore.expected(task.sizes(), Shape.HEAP, task.sizes().chunkBytes());
            default -> "";
        };
    }

    static final List<String> BYTE_PEERS = List.of(
            "partd file",
            "partd dict",
            "partd buffer",
            "RocksDB",
            "RocksDB without WAL",
            "H2 MVStore",
            "files",
            "buffered files");
}
