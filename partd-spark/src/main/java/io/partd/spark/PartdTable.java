package io.partd.spark;

import io.partd.hadoop.HadoopPartd;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import io.partd.spark.read.PartdScanBuilder;
import io.partd.spark.write.PartdWriteBuilder;
import io.partd.spark.write.Target;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A store as a table of Spark, as of the generation that was in force when it was looked up; or one to be made. */
class PartdTable implements SupportsRead, SupportsWrite {
    private final Target target;
    private final HadoopPartd store;

    /** The store is null where there is none yet, or it is not read. */
    PartdTable(Target target, HadoopPartd store) {
        this.target = target;
        this.store = store;
    }

    /** @throws java.io.UncheckedIOException if there is no store */
    static PartdTable open(String path, Configuration conf) {
        URI uri = HadoopConf.uri(path, conf);
        HadoopPartd store = HadoopPartd.open(uri, conf);
        Layout layout = Layout.of(store, store.snapshot());
        return new PartdTable(new Target(uri, conf, Optional.of(layout), Optional.empty(), Target.Mode.APPEND), store);
    }

    /** A table that the first append makes. */
    static PartdTable absent(URI uri, Configuration conf) {
        return new PartdTable(new Target(uri, conf, Optional.empty(), Optional.empty(), Target.Mode.APPEND), null);
    }

    StructType sparkSchema() {
        return target.schema();
    }

    @Override
    public String name() {
        return PartdSource.NAME + " " + target.store();
    }

    @Override
    public Column[] columns() {
        return Arrays.stream(target.schema().fields())
                .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
                .toArray(Column[]::new);
    }

    @Override
    public Transform[] partitioning() {
        return target.there().or(target::declared).map(Layout::transforms).orElseGet(() -> new Transform[0]);
    }

    @Override
    public Map<String, String> properties() {
        return target.there()
                .flatMap(Layout::partitioner)
                .map(by -> Map.of(Options.PARTITIONER, by.toString()))
                .orElse(Map.of());
    }

    @Override
    public Set<TableCapability> capabilities() {
        Set<TableCapability> can =
                EnumSet.of(TableCapability.BATCH_READ, TableCapability.BATCH_WRITE, TableCapability.TRUNCATE);
        if (target.schema().isEmpty()) can.add(TableCapability.ACCEPT_ANY_SCHEMA);
        return can;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        if (store == null) throw new IllegalStateException("there is no store at " + target.store() + " yet");
        return new PartdScanBuilder(store, target.there().orElseThrow(), target.conf(), new Options(options));
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new PartdWriteBuilder(target, info);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartdTable table
                && target.store().equals(table.target.store())
                && generation() == table.generation();
    }

    @Override
    public int hashCode() {
        return target.store().hashCode();
    }

    private long generation() {
        return store == null ? -1 : store.snapshot().generation();
    }
}
