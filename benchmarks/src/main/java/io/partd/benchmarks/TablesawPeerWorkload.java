package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;

/** What one would do with Tablesaw alone, with a tenth of the tables: it takes long. */
final class SawPeerWorkload implements Workload {
    private final Setting setting;
    private final Tables tables;
    private final SawPeer peer;
    private List<Table> saw;
    private Path directory;

    SawPeerWorkload(Setting setting, Tables tables, SawPeer peer) {
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
        return SawWorkload.name(peer == SawPeer.CSV_READ);
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
        saw = SawWorkload.of(tables);
        directory = Directories.create(setting);
        if (peer == SawPeer.CSV_READ) SawPeer.CSV_WRITE.run(saw, count(), directory);
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
