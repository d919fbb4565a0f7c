package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.Tables;

/** Partitioning and appending a table, batch by batch. */
final class TableWrite extends TableWorkload {
    private final int threads;

    TableWrite(RunContext setting, Tables tables, TableLayout layout, int threads) {
        super(setting, tables, layout);
        this.threads = threads;
    }

    @Override
    public String name() {
        return layout.name("write") + (threads == 1 ? "" : ", " + threads + " threads");
    }

    @Override
    public String limit() {
        return threads == 1 ? PlainWrite.NAME : new TableWrite(setting, tables, layout, 1).name();
    }

    @Override
    public void prepare() throws Exception {
        super.prepare();
        warmMemory();
    }

    @Override
    public long run() throws Exception {
        return write(threads);
    }
}
