package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Form;
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

/** Reading all keys of a store that was just filled. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class GetBenchmark extends WorkloadState {
    /** The store. */
    @Param
    StoreKind store;

    /** What was appended. */
    @Param({"SMALL", "HEAP"})
    Shape shape;

    /** What is made of a value. */
    @Param
    Form form;

    @Override
    Workload make(RunContext setting) {
        return new GetWorkload(setting, store, shape, form);
    }

    /** One run. */
    @Benchmark
    public long get() throws Exception {
        return run();
    }
}
