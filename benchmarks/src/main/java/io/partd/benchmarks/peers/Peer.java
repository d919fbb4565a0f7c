package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.DuckForm;
import io.partd.benchmarks.data.StoreKind;
import io.partd.benchmarks.data.Task;
import java.util.EnumSet;
import java.util.Set;

/** Who runs workloads side by side; the tables, the tasks and the files of results know them by their labels. */
public enum Peer {
    /** What the machine allows, by plain files and memory. */
    LIMITS("limits"),
    PARTD_FILE("partd file"),
    PARTD_DICT("partd dict"),
    PARTD_BUFFER("partd buffer"),
    PARTD_ARROW("partd arrow"),
    PARTD_TABLESAW("partd tablesaw"),
    PARTD_ARRAYS("partd arrays"),
    ROCKS("RocksDB"),
    ROCKS_WITHOUT_WAL("RocksDB without WAL"),
    MV_STORE("H2 MVStore"),
    FILES("files"),
    BUFFERED_FILES("buffered files"),
    ARROW_STREAMS("Arrow streams"),
    DUCK_PARQUET("DuckDB Parquet"),
    DUCK_TABLE("DuckDB table"),
    PYTHON_FILE("python partd.File"),
    PYTHON_DICT("python partd.Dict"),
    PYTHON_PANDAS("python partd.PandasBlocks"),
    PYTHON_NUMPY("python partd.Numpy"),
    SPARK("Spark");

    private static final Set<Peer> OURS =
            EnumSet.of(PARTD_FILE, PARTD_DICT, PARTD_BUFFER, PARTD_ARROW, PARTD_TABLESAW, PARTD_ARRAYS);

    public final String label;

    Peer(String label) {
        this.label = label;
    }

    /** The peer of a task. */
    public static Peer of(Task task) {
        for (Peer peer : values()) {
            if (peer.label.equals(task.peer())) return peer;
        }
        throw new IllegalArgumentException("no such peer: " + task.peer());
    }

    /** Whether a label is that of one of this project's. */
    public static boolean isOurs(String label) {
        return OURS.stream().anyMatch(peer -> peer.label.equals(label));
    }

    public BytePeer<?> bytes() {
        return switch (this) {
            case PARTD_FILE -> new PartdPeer(StoreKind.FILE);
            case PARTD_DICT -> new PartdPeer(StoreKind.DICT);
            case PARTD_BUFFER -> new PartdPeer(StoreKind.BUFFER);
            case ROCKS -> new RocksPeer(true);
            case ROCKS_WITHOUT_WAL -> new RocksPeer(false);
            case MV_STORE -> new MvStorePeer();
            case FILES -> new FilesPeer(false);
            case BUFFERED_FILES -> new FilesPeer(true);
            default -> throw new IllegalArgumentException(label + " has no store of bytes here");
        };
    }

    public ArrayPeer arrays() {
        return this == PARTD_ARRAYS ? new PartdArrays() : new ByteArrays<>(bytes());
    }

    public TablePeer tables(Task task) {
        return switch (this) {
            case PARTD_ARROW -> new PartdTables(task.number("threads", 1), task.number("stageMiB", 0));
            case PARTD_TABLESAW -> new TablesawTables();
            case ARROW_STREAMS -> new ArrowFiles();
            case DUCK_PARQUET -> new DuckTables(DuckForm.PARQUET, task);
            case DUCK_TABLE -> new DuckTables(DuckForm.TABLE, task);
            default -> throw new IllegalArgumentException(label + " has no store of tables here");
        };
    }

    public FlightPeer flights(Task task) {
        return switch (this) {
            case PARTD_ARROW -> new PartdFlights(task);
            case DUCK_PARQUET -> new DuckFlights(DuckForm.PARQUET, task);
            case DUCK_TABLE -> new DuckFlights(DuckForm.TABLE, task);
            default -> throw new IllegalArgumentException(label + " takes no flights here");
        };
    }
}
