package io.partd.benchmarks;

/** Writing a new file in 1 MiB direct buffers, one file for each thread. */
final class PlainWrite extends FileLimit {
    static final String NAME = "limit write 1 MiB direct";

    private final int threads;

    PlainWrite(Setting setting, int threads) {
        super(setting);
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
    public long run() throws Exception {
        return Parallel.sum(threads, thread -> write(directory.resolve("file-" + thread), bytes() / threads));
    }
}
