package io.partd.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who runs what, in the order of the tables. */
final class Plan {
    private static final List<String> MEMORY_CAP = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=512m");
    private static final int DUCK_MIB = 512;
    private static final int STAGE_MIB = 64;
    private static final List<String> GROWING = List.of("partd arrow", "Arrow streams", "DuckDB Parquet");

    private final SideOptions options;
    private final boolean python;
    private final Path data;
    private final Path stores;
    private final List<PlannedRun> entries = new ArrayList<>();

    private Plan(SideOptions options, boolean python, Path data, Path stores) {
        this.options = options;
        this.python = python;
        this.data = data;
        this.stores = stores;
    }

    /**
     * @param python whether Python's partd is installed
     * @param data where its data is
     * @param stores where the processes make their stores
     */
    static List<PlannedRun> of(SideOptions options, boolean python, Path data, Path stores) {
        Plan plan = new Plan(options, python, data, stores);
        plan.add();
        return plan.entries.stream()
                .filter(entry -> options.filter().matcher(entry.name()).find())
                .toList();
    }

    private void add() {
        java("limits: what the machine allows", "limits", "limits", Map.of());
        addBytes("W1: 1,000 appends of 100 B to each of 1,000 keys", "W1");
        addBytes("W2: 64 KiB chunks over 256 keys, 16 in an append", "W2");
        addTables();
        addArrays();
        for (String peer : List.of("partd arrow", "DuckDB Parquet", "DuckDB table")) {
            java("W6: flights by origin", "W6", peer, Map.of("flights", options.flights()));
        }
        addSpark();
        addGrowth();
        addWriters();
    }

    private void addBytes(String group, String workload) {
        for (String peer : Contests.BYTE_PEERS) java(group, workload, peer, Map.of());
        python(group, workload, "python partd.File");
        python(group, workload, "python partd.Dict");
    }

    private void addTables() {
        String group = "W3: a table of trades in 64 parts by symbol";
        java(group, "W3", "partd arrow", Map.of());
        add(group, "partd arrow, 2 threads", task("W3", "partd arrow", Map.of("threads", 2)), heap(), all());
        for (String peer : List.of("partd tablesaw", "Arrow streams", "DuckDB Parquet", "DuckDB table")) {
            java(group, "W3", peer, Map.of());
        }
        python(group, "W3", "python partd.PandasBlocks");
    }

    private void addArrays() {
        String group = "W4: arrays of 10,000 doubles under 8 keys";
        for (String peer : List.of("partd arrays", "RocksDB", "RocksDB without WAL", "H2 MVStore", "files")) {
            java(group, "W4", peer, Map.of());
        }
        python(group, "W4", "python partd.Numpy");
    }

    private void addSpark() {
        if (options.spark().isEmpty()) return;
        List<String> command = new ArrayList<>(JavaCommand.SPARK);
        command.addAll(heap());
        command.addAll(List.of("-cp", options.spark(), "io.partd.benchmarks.spark.SparkPeer"));
        Task task = task("W6", "Spark", Map.of("flights", options.flights()));
        entries.add(new PlannedRun("W6: flights by origin", "Spark", task, command, 1));
    }

    private void addGrowth() {
        for (int times : options.profile().times()) growth("rows x " + times, Map.of("times", times));
        for (int parts : options.profile().parts()) growth(parts + " parts", Map.of("parts", parts));
    }

    private void growth(String point, Map<String, Object> settings) {
        for (String peer : GROWING) {
            Map<String, Object> more = new LinkedHashMap<>(settings);
            more.put("stageMiB", STAGE_MIB);
            more.put("duckMiB", DUCK_MIB);
            more.put("maximum", 1);
            Task task = task("W7", peer, more);
            add("W7: W3 with little memory", point + ", " + peer, task, MEMORY_CAP, 1);
        }
    }

    private void addWriters() {
        for (int writers : options.profile().writers()) {
            for (String peer : List.of("partd file", "RocksDB", "H2 MVStore", "files")) {
                writer(writers + (writers == 1 ? " thread, " : " threads, "), peer, "threads", writers);
            }
        }
        for (int writers : options.profile().writers()) {
            for (String peer : List.of("partd file", "files")) {
                writer(writers + (writers == 1 ? " process, " : " processes, "), peer, "processes", writers);
            }
        }
    }

    private void writer(String point, String peer, String setting, int writers) {
        Task task = task("W8", peer, Map.of(setting, writers));
        add("W8: the appends of W2 by several writers", point + peer, task, heap(), 1);
    }

    private int all() {
        return options.profile().rounds();
    }

    private List<String> heap() {
        return SideOptions.heap();
    }

    private Task task(String workload, String peer, Map<String, Object> settings) {
        Task task = new Task(workload, peer, Map.of())
                .with("scale", options.profile().scale())
                .with("seconds", options.profile().seconds())
                .with("directory", stores);
        for (Map.Entry<String, Object> setting : settings.entrySet()) {
            task = task.with(setting.getKey(), setting.getValue());
        }
        return task;
    }

    private void java(String group, String workload, String peer, Map<String, Object> settings) {
        add(group, peer, task(workload, peer, settings), heap(), all());
    }

    private void add(String group, String label, Task task, List<String> flags, int rounds) {
        entries.add(new PlannedRun(group, label, task, JavaCommand.of(PeerMain.class, flags), rounds));
    }

    private void python(String group, String workload, String peer) {
        if (!python) return;
        List<String> command = List.of(options.python(), PythonData.script().toString());
        Task task = PythonData.describe(task(workload, peer, Map.of("data", data)));
        entries.add(new PlannedRun(group, peer, task, command, Math.min(2, all())));
    }
}
