package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;

/** Writing a new file in 1 MiB direct buffers, one file for each thread. */
final class PlainWrite extends FileLimit {
    static final String NAME = "limit write 1 MiB direct";

    private final int threads;

    PlainWrite(RunContext setting, long bytes, int threads) {
        super(setting, bytes);
        this.threads = threads;
    }

    @Override
    public String name() {
        return threads == 1 ? NAME : NAME + ", " + threads + " threads";
    }

    @Override
    public String limit() {
        return threads == 1 ? "" : NAME;
    }

    @Override
    public void prepare() throws IOException {
        super.prepare();
        PlainFiles.warmMemory(directory, bytes());
    }

    @Override
    public long run() throws Exception {
        return Parallel.sum(threads, this::write);
    }

    private long write(int thread) throws IOException {
        return PlainFiles.write(setting, directory.resolve("file-" + thread), bytes() / threads);
    }
}
