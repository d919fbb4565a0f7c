package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import java.util.function.Function;

/** What the machine allows. */
public enum Limit {
    WRITE(setting -> new PlainWrite(setting, setting.sizes().chunkTotal(), 1)),
    WRITE_2_THREADS(setting -> new PlainWrite(setting, setting.sizes().chunkTotal(), 2)),
    READ(setting -> new PlainRead(setting, setting.sizes().chunkTotal())),
    ARRAYS(PlainArrays::new),
    CRC32C(MemoryLimit::checksum),
    COPY(MemoryLimit::copy);

    private final Function<RunContext, Workload> maker;

    Limit(Function<RunContext, Workload> maker) {
        this.maker = maker;
    }

    public Workload make(RunContext setting) {
        return maker.apply(setting);
    }
}
