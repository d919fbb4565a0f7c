package io.partd.spark.read;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Snapshot;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Chooses columns, and keys by what filters say of the columns that the store is partitioned by. */
public final class PartdScanBuilder implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {
    private final HadoopPartd store;
    private final Snapshot snapshot;
    private final Layout layout;
    private final Configuration conf;
    private final Options options;
    private final List<Predicate> choosing = new ArrayList<>();
    private StructType columns;
    private SortedSet<String> keys;

    public PartdScanBuilder(HadoopPartd store, Layout layout, Configuration conf, Options options) {
        this.store = store;
        this.snapshot = store.snapshot();
        this.layout = layout;
        this.conf = conf;
        this.options = options;
        this.columns = layout.schema();
        this.keys = snapshot.keys();
    }

    /** Whole columns: what is not needed of a nested one is read too. */
    @Override
    public void pruneColumns(StructType required) {
        StructType whole = new StructType();
        for (String name : required.fieldNames())
            whole = whole.add(layout.schema().apply(name));
        columns = whole;
    }

    /** Gives all filters back: a key that is chosen has other rows too. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        Optional<Predicate> all = Arrays.stream(predicates).reduce(And::new);
        Optional<KeyChoice> choice = KeyChoice.of(layout);
        if (all.isEmpty() || choice.isEmpty()) return predicates;
        Optional<SortedSet<String>> chosen = choice.get().keys(all.get(), layout, keys);
        if (chosen.isEmpty()) return predicates;
        keys = chosen.get();
        choosing.addAll(List.of(predicates));
        return predicates;
    }

    @Override
    public Predicate[] pushedPredicates() {
        return choosing.toArray(Predicate[]::new);
    }

    @Override
    public Scan build() {
        return new PartdScan(store, snapshot, layout, columns, keys, choosing, conf, options);
    }
}
