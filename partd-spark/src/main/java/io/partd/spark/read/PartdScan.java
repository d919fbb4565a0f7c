package io.partd.spark.read;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Snapshot;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import io.partd.spark.layout.Rule;
import io.partd.spark.layout.TaskConf;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportPartitioning;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.partitioning.KeyGroupedPartitioning;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.connector.read.partitioning.UnknownPartitioning;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/** Reads some columns of some keys, as of one generation of the store. Equal to any other that reads the same. */
final class PartdScan implements Scan, Batch, SupportsReportPartitioning, SupportsReportStatistics {
    private final HadoopPartd store;
    private final Snapshot snapshot;
    private final Layout layout;
    private final StructType columns;
    private final SortedSet<String> keys;
    private final List<Predicate> choosing;
    private final Configuration conf;
    private final boolean grouped;
    private final long splitBytes;
    private InputPartition[] planned;

    PartdScan(
            HadoopPartd store,
            Snapshot snapshot,
            Layout layout,
            StructType columns,
            SortedSet<String> keys,
            List<Predicate> choosing,
            Configuration conf,
            Options options) {
        this.store = store;
        this.snapshot = snapshot;
        this.layout = layout;
        this.columns = columns;
        this.keys = keys;
        this.choosing = List.copyOf(choosing);
        this.conf = conf;
        this.grouped = SQLConf.get().v2BucketingEnabled() && isGrouped();
        this.splitBytes = options.splitBytes(SQLConf.get().filesMaxPartitionBytes());
    }

    /** Whether all rows of a bucket lie under one key, and Spark can be told so. */
    private boolean isGrouped() {
        Optional<Rule> rule = layout.rule();
        if (rule.isEmpty() || rule.get().kind() != Rule.Kind.HASH) return false;
        List<String> by = rule.get().columns();
        return by.size() == 1
                && columns.getFieldIndex(by.get(0)).isDefined()
                && layout.column(by.get(0)).isPresent();
    }

    @Override
    public StructType readSchema() {
        return columns;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public Partitioning outputPartitioning() {
        InputPartition[] partitions = planInputPartitions();
        if (!grouped) return new UnknownPartitioning(partitions.length);
        return new KeyGroupedPartitioning(layout.transforms(), partitions.length);
    }

    @Override
    public Statistics estimateStatistics() {
        long bytes = keys.stream().mapToLong(snapshot::bytes).sum();
        long read = Math.max(1, bytes / Math.max(1, layout.schema().length()) * Math.max(1, columns.length()));
        return new Statistics() {
            @Override
            public OptionalLong sizeInBytes() {
                return OptionalLong.of(read);
            }

            @Override
            public OptionalLong numRows() {
                return OptionalLong.empty();
            }
        };
    }

    @Override
    public synchronized InputPartition[] planInputPartitions() {
        if (planned == null) {
            ScanPlan plan = new ScanPlan(store, snapshot, splitBytes);
            planned = grouped ? plan.grouped(keys) : plan.even(keys);
        }
        return planned.clone();
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new PartdReaderFactory(TaskConf.of(conf), store.toString(), columns);
    }

    @Override
    public String description() {
        return "partd " + store + ", " + keys.size() + " of " + snapshot.keys().size() + " keys, chosen by " + choosing;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartdScan scan
                && store.toString().equals(scan.store.toString())
                && snapshot.generation() == scan.snapshot.generation()
                && columns.equals(scan.columns)
                && keys.equals(scan.keys)
                && grouped == scan.grouped
                && splitBytes == scan.splitBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(store.toString(), snapshot.generation(), columns, keys);
    }
}
