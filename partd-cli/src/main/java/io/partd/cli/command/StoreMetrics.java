package io.partd.cli.command;

import io.partd.FilePartd;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** How large a file store is, looked up once for all figures. */
record StoreMetrics(FilePartd store) implements MultiCollector {
    @Override
    public MetricSnapshots collect() {
        FilePartd.Stats stats = store.stats();
        long chunks = stats.chunksPerKey().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        return new MetricSnapshots(
                gauge(
                        "keys",
                        "Keys of the store on the disk.",
                        stats.chunksPerKey().size()),
                gauge("live_bytes", "Bytes of values.", stats.liveBytes()),
                gauge("dead_bytes", "Bytes of removed values, which a compaction gives back.", stats.deadBytes()),
                gauge("file_bytes", "Bytes of all segments.", stats.fileBytes()),
                gauge("segments", "Files of the store.", stats.segments()),
                gauge("chunks", "Pieces that the values lie in.", chunks));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name("partd_store_" + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
