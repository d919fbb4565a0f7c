package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.peers.TablesawPeer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** All workloads on tables and arrays, in the order of the table. */
final class ArrowWorkloads {
    private ArrowWorkloads() {}

    static List<Workload> all(RunContext setting, Tables tables) {
        List<Workload> all = new ArrayList<>();
        addTables(setting, tables, all);
        addParts(setting, tables, all);
        for (TablesawPeer peer : TablesawPeer.values()) all.add(new TablesawPeerWorkload(setting, tables, peer));
        for (boolean gets : List.of(false, true)) all.add(new TablesawWorkload(setting, tables, gets));
        for (boolean gets : List.of(false, true)) all.add(new ArrayWorkload(setting, gets));
        long bytes = setting.sizes().tables().arrayBytes();
        all.add(new PlainWrite(setting, bytes, 1));
        all.add(new PlainWrite(setting, bytes, 2));
        all.add(new PlainRead(setting, bytes));
        return all;
    }

    private static void addTables(RunContext setting, Tables tables, List<Workload> all) {
        for (TableLayout layout : TableLayout.ofCodecs()) all.add(new TableWrite(setting, tables, layout, 1));
        all.add(new TableWrite(setting, tables, TableLayout.compressed(CodecType.NO_COMPRESSION), 2));
        for (TableLayout layout : TableLayout.ofCodecs()) {
            for (TableForm form : TableForm.values()) all.add(new TableRead(setting, tables, layout, form));
        }
    }

    private static void addParts(RunContext setting, Tables tables, List<Workload> all) {
        TableLayout few = TableLayout.staged(TableSizes.PARTS, tables.sizes().stageBytes());
        for (TableLayout layout : List.of(TableLayout.staged(TableSizes.PARTS, 0), few, manyParts(tables.sizes()))) {
            all.add(new TableWrite(setting, tables, layout, 1));
            all.add(new TableShuffle(setting, tables, layout, few));
        }
    }

    static TableLayout manyParts(TableSizes sizes) {
        return TableLayout.staged(sizes.manyParts(), sizes.stageBytes());
    }
}
