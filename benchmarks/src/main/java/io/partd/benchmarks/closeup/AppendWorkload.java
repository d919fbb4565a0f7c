package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.StoreKind;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;

/** All appends to an empty store. Making the maps and closing the store are not timed. */
final class AppendWorkload extends StoreWorkload {
    private final int threads;

    AppendWorkload(RunContext setting, StoreKind kind, Shape shape, int threads) {
        super(setting, kind, shape);
        this.threads = threads;
    }

    @Override
    public String name() {
        String name = shape.group() + " append " + shape + " " + kind;
        return threads == 1 ? name : "d" + name.substring(1) + ", " + threads + " threads";
    }

    @Override
    public String limit() {
        if (threads > 1) return new AppendWorkload(setting, kind, shape, 1).name();
        return kind == StoreKind.DICT ? MemoryLimit.COPY : PlainWrite.NAME;
    }

    @Override
    public void prepare() throws IOException {
        super.prepare();
        if (kind != StoreKind.DICT) PlainFiles.warmMemory(directory, bytes());
    }

    @Override
    public long run() throws Exception {
        return Parallel.sum(threads, thread -> append(thread, threads));
    }
}
