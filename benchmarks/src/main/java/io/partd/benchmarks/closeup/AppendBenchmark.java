package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.StoreKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** Appending to an empty store. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class AppendBenchmark extends WorkloadState {
    /** The store. */
    @Param
    StoreKind store;

    /** What is appended. */
    @Param
    Shape shape;

    /** How many threads append. */
    @Param("1")
    int threads;

    @Override
    Workload make(RunContext setting) {
        return new AppendWorkload(setting, store, shape, threads);
    }

    /** One run. */
    @Benchmark
    public long append() throws Exception {
        return run();
    }
}
