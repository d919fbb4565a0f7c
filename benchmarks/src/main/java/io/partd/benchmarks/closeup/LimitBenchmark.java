package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** What the machine allows: plain files, memory. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class LimitBenchmark extends WorkloadState {
    /** Which one. */
    @Param
    Limit limit;

    @Override
    Workload make(RunContext setting) {
        return limit.make(setting);
    }

    /** One run. */
    @Benchmark
    public long limit() throws Exception {
        return run();
    }
}
