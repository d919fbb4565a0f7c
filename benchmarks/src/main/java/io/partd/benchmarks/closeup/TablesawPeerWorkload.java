package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.peers.TablesawPeer;
import io.partd.benchmarks.peers.TablesawTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;

/** What one would do with Tablesaw alone, with a tenth of the tables: it takes long. */
final class TablesawPeerWorkload implements Workload {
    private final RunContext setting;
    private final Tables tables;
    private final TablesawPeer peer;
    private List<Table> saw;
    private Path directory;

    TablesawPeerWorkload(RunContext setting, Tables tables, TablesawPeer peer) {
        this.setting = setting;
        this.tables = tables;
        this.peer = peer;
    }

    private int count() {
        return tables.sizes().batches() / 10;
    }

    @Override
    public String name() {
        return "s " + peer;
    }

    @Override
    public String limit() {
        return TablesawWorkload.name(peer == TablesawPeer.CSV_READ);
    }

    @Override
    public long bytes() {
        return tables.bytes() / 10;
    }

    @Override
    public long rows() {
        return (long) count() * tables.sizes().batchRows();
    }

    @Override
    public void prepare() throws Exception {
        saw = TablesawTables.of(tables);
        directory = Directories.create(setting);
        if (peer == TablesawPeer.CSV_READ) TablesawPeer.CSV_WRITE.run(saw, count(), directory);
    }

    @Override
    public long run() {
        return peer.run(saw, count(), directory);
    }

    @Override
    public void clean() throws IOException {
        saw = null;
        Directories.delete(directory);
    }
}
