package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.peers.PlainFiles;
import io.partd.benchmarks.peers.TablesawTables;
import io.partd.tablesaw.TablePartd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import tech.tablesaw.api.Table;

/** The same table as Tablesaw tables: partitioning and appending them, or getting every part as one. */
final class TablesawWorkload implements Workload {
    private static final TableLayout LAYOUT = TableLayout.compressed(CodecType.NO_COMPRESSION);

    private final RunContext setting;
    private final Tables tables;
    private final boolean gets;
    private List<Table> saw;
    private TablePartd store;
    private Path directory;

    TablesawWorkload(RunContext setting, Tables tables, boolean gets) {
        this.setting = setting;
        this.tables = tables;
        this.gets = gets;
    }

    static String name(boolean gets) {
        return gets ? "s get" : "s write";
    }

    @Override
    public String name() {
        return name(gets);
    }

    /** Reading and writing the same as Arrow tables. */
    @Override
    public String limit() {
        return LAYOUT.name(gets ? TableForm.GET.toString() : "write");
    }

    @Override
    public long bytes() {
        return tables.bytes();
    }

    @Override
    public long rows() {
        return tables.sizes().rows();
    }

    @Override
    public void prepare() throws Exception {
        saw = TablesawTables.of(tables);
        directory = Directories.create(setting);
        store = TablePartd.over(Partds.file(directory));
        if (gets) write();
        else PlainFiles.warmMemory(directory, bytes());
    }

    @Override
    public long run() {
        return gets ? read() : write();
    }

    private long write() {
        long rows = 0;
        for (int i = 0; i < tables.sizes().batches(); i++) {
            Table table = saw.get(i % saw.size());
            store.append(table, LAYOUT.by());
            rows += table.rowCount();
        }
        return rows;
    }

    private long read() {
        long rows = 0;
        for (int part = 0; part < LAYOUT.parts(); part++) {
            rows += store.get(Integer.toString(part)).rowCount();
        }
        return rows;
    }

    @Override
    public void clean() throws IOException {
        if (store != null) store.close();
        store = null;
        saw = null;
        Directories.delete(directory);
    }
}
