package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Lets JMH run a workload: a single shot is one run. */
@State(Scope.Benchmark)
public abstract class WorkloadState {
    /** {@code full} or {@code tiny}. */
    @Param("full")
    public String size;

    /** Where stores are made; empty for {@code java.io.tmpdir}. */
    @Param("")
    public String directory;

    private Workload workload;

    abstract Workload make(RunContext setting);

    /** Prepares the workload, which is made first. */
    @Setup(Level.Iteration)
    public void prepare() throws Exception {
        if (workload == null) {
            String parent = directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory;
            workload = make(new RunContext(Sizes.named(size), Path.of(parent)));
        }
        workload.prepare();
    }

    /** Cleans up after the workload. */
    @TearDown(Level.Iteration)
    public void clean() throws Exception {
        workload.clean();
        System.gc(); // garbage keeps deleted files mapped
    }

    long run() throws Exception {
        return workload.run();
    }
}
