package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.closeup.Limit;
import io.partd.benchmarks.closeup.Workload;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the machine allows: plain files and memory. */
final class LimitContest implements PeerRun {
    private final Task task;
    private final List<Workload> limits = new ArrayList<>();

    LimitContest(Task task) {
        this.task = task;
    }

    @Override
    public void prepare() {
        RunContext setting = new RunContext(task.sizes(), task.directory());
        for (Limit limit : Limit.values()) limits.add(limit.make(setting));
    }

    @Override
    public void open(Path directory) throws Exception {
        for (Workload limit : limits) limit.prepare();
    }

    @Override
    public List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        for (Workload limit : limits) {
            String name = limit.name().substring("limit ".length()).replace(' ', '_');
            phases.add(new Phase(name, limit.bytes(), 0, () -> run(limit)));
        }
        return phases;
    }

    /** A checksum counts no bytes. */
    private static long run(Workload limit) throws Exception {
        if (limit.run() == 0) throw new IllegalStateException(limit.name() + " did nothing");
        return limit.bytes();
    }

    @Override
    public String check() {
        return "";
    }

    @Override
    public void close() throws Exception {
        for (Workload limit : limits) limit.clean();
    }
}
