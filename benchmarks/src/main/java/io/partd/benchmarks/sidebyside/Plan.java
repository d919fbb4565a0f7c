package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.JavaCommand;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.Peer;
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
    private static final List<Peer> GROWING = List.of(Peer.PARTD_ARROW, Peer.ARROW_STREAMS, Peer.DUCK_PARQUET);

    private static final List<Peer> BYTE_PEERS = List.of(
            Peer.PARTD_FILE,
            Peer.PARTD_DICT,
            Peer.PARTD_BUFFER,
            Peer.ROCKS,
            Peer.ROCKS_WITHOUT_WAL,
            Peer.MV_STORE,
            Peer.FILES,
            Peer.BUFFERED_FILES);

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
        java("limits: what the machine allows", "limits", Peer.LIMITS, Map.of());
        addBytes("W1: 1,000 appends of 100 B to each of 1,000 keys", "W1");
        addBytes("W2: 64 KiB chunks over 256 keys, 16 in an append", "W2");
        addTables();
        addArrays();
        for (Peer peer : List.of(Peer.PARTD_ARROW, Peer.DUCK_PARQUET, Peer.DUCK_TABLE)) {
            java("W6: flights by origin", "W6", peer, Map.of("flights", options.flights()));
        }
        addSpark();
        addGrowth();
        addWriters();
    }

    private void addBytes(String group, String workload) {
        for (Peer peer : BYTE_PEERS) java(group, workload, peer, Map.of());
        python(group, workload, Peer.PYTHON_FILE);
        python(group, workload, Peer.PYTHON_DICT);
    }

    private void addTables() {
        String group = "W3: a table of trades in 64 parts by symbol";
        java(group, "W3", Peer.PARTD_ARROW, Map.of());
        Task two = task("W3", Peer.PARTD_ARROW, Map.of("threads", 2));
        add(group, Peer.PARTD_ARROW.label + ", 2 threads", two, heap(), all());
        for (Peer peer : List.of(Peer.PARTD_TABLESAW, Peer.ARROW_STREAMS, Peer.DUCK_PARQUET, Peer.DUCK_TABLE)) {
            java(group, "W3", peer, Map.of());
        }
        python(group, "W3", Peer.PYTHON_PANDAS);
    }

    private void addArrays() {
        String group = "W4: arrays of 10,000 doubles under 8 keys";
        for (Peer peer : List.of(Peer.PARTD_ARRAYS, Peer.ROCKS, Peer.ROCKS_WITHOUT_WAL, Peer.MV_STORE, Peer.FILES)) {
            java(group, "W4", peer, Map.of());
        }
        python(group, "W4", Peer.PYTHON_NUMPY);
    }

    private void addSpark() {
        if (options.spark().isEmpty()) return;
        List<String> command = new ArrayList<>(JavaCommand.SPARK);
        command.addAll(heap());
        command.addAll(List.of("-cp", options.spark(), "io.partd.benchmarks.spark.SparkPeer"));
        Task task = task("W6", Peer.SPARK, Map.of("flights", options.flights()));
        entries.add(new PlannedRun("W6: flights by origin", Peer.SPARK.label, task, command, 1));
    }

    private void addGrowth() {
        for (int times : options.profile().times()) growth("rows x " + times, Map.of("times", times));
        for (int parts : options.profile().parts()) growth(parts + " parts", Map.of("parts", parts));
    }

    private void growth(String point, Map<String, Object> settings) {
        for (Peer peer : GROWING) {
            Map<String, Object> more = new LinkedHashMap<>(settings);
            more.put("stageMiB", STAGE_MIB);
            more.put("duckMiB", DUCK_MIB);
            more.put("maximum", 1);
            Task task = task("W7", peer, more);
            add("W7: W3 with little memory", point + ", " + peer.label, task, MEMORY_CAP, 1);
        }
    }

    private void addWriters() {
        for (int writers : options.profile().writers()) {
            for (Peer peer : List.of(Peer.PARTD_FILE, Peer.ROCKS, Peer.MV_STORE, Peer.FILES)) {
                writer(writers + (writers == 1 ? " thread, " : " threads, "), peer, "threads", writers);
            }
        }
        for (int writers : options.profile().writers()) {
            for (Peer peer : List.of(Peer.PARTD_FILE, Peer.FILES)) {
                writer(writers + (writers == 1 ? " process, " : " processes, "), peer, "processes", writers);
            }
        }
    }

    private void writer(String point, Peer peer, String setting, int writers) {
        Task task = task("W8", peer, Map.of(setting, writers));
        add("W8: the appends of W2 by several writers", point + peer.label, task, heap(), 1);
    }

    private int all() {
        return options.profile().rounds();
    }

    private List<String> heap() {
        return SideOptions.heap();
    }

    private Task task(String workload, Peer peer, Map<String, Object> settings) {
        Task task = new Task(workload, peer.label, Map.of())
                .with("scale", options.profile().scale())
                .with("seconds", options.profile().seconds())
                .with("directory", stores);
        for (Map.Entry<String, Object> setting : settings.entrySet()) {
            task = task.with(setting.getKey(), setting.getValue());
        }
        return task;
    }

    private void java(String group, String workload, Peer peer, Map<String, Object> settings) {
        add(group, peer.label, task(workload, peer, settings), heap(), all());
    }

    private void add(String group, String label, Task task, List<String> flags, int rounds) {
        entries.add(new PlannedRun(group, label, task, JavaCommand.of(PeerMain.class, flags), rounds));
    }

    private void python(String group, String workload, Peer peer) {
        if (!python) return;
        List<String> command = List.of(options.python(), PythonData.script().toString());
        Task task = PythonData.describe(task(workload, peer, Map.of("data", data)));
        entries.add(new PlannedRun(group, peer.label, task, command, Math.min(2, all())));
    }
}
