package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.Limit;
import io.partd.benchmarks.peers.LimitRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the machine allows: plain files and memory. */
final class LimitContest implements PeerRun {
    private final Task task;
    private final long bytes;
    private final Map<Limit, LimitRun> runs = new EnumMap<>(Limit.class);

    LimitContest(Task task) {
        this.task = task;
        this.bytes = task.sizes().chunkTotal();
    }

    @Override
    public void prepare() {
        RunContext context = new RunContext(task.sizes(), task.directory());
        for (Limit limit : Limit.values()) runs.put(limit, new LimitRun(limit, context, bytes));
    }

    /** Files of limits lie beside the directory: they are no store whose size is of interest. */
    @Override
    public void open(Path directory) throws Exception {
        for (Map.Entry<Limit, LimitRun> run : runs.entrySet()) {
            run.getValue()
                    .prepare(Files.createDirectory(
                            directory.resolveSibling(run.getKey().name())));
        }
    }

    @Override
    public List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        runs.forEach((limit, run) -> phases.add(new Phase(limit.toString().replace(' ', '_'), bytes, 0, run::run)));
        return phases;
    }

    @Override
    public String check() {
        return "";
    }

    @Override
    public void close() {
        runs.values().forEach(LimitRun::close);
    }
}
