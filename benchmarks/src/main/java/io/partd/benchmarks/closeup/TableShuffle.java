package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.Tables;

/** A whole shuffle: partitioning and appending a table, then a get of every part. */
final class TableShuffle extends TableWorkload {
    private final String limit;

    TableShuffle(RunContext setting, Tables tables, TableLayout layout, TableLayout limit) {
        super(setting, tables, layout);
        this.limit = limit.equals(layout) ? "" : name(limit);
    }

    private static String name(TableLayout layout) {
        return layout.name("write, get");
    }

    @Override
    public String name() {
        return name(layout);
    }

    @Override
    public String limit() {
        return limit;
    }

    @Override
    public void prepare() throws Exception {
        super.prepare();
        warmMemory();
    }

    @Override
    public long run() throws Exception {
        long rows = write(1);
        if (read(TableForm.GET_SUM) != rows) throw new IllegalStateException("not all of " + rows + " rows came back");
        return rows;
    }
}
