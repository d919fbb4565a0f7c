package io.partd.spark.write;

import io.partd.arrow.Partitioner;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import java.util.Optional;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** Finds out what the written store is like: as the one that is there, or as the options and the rows say. */
public final class PartdWriteBuilder implements WriteBuilder, SupportsTruncate {
    private final Target target;
    private final LogicalWriteInfo info;
    private final Options options;
    private boolean truncated;

    public PartdWriteBuilder(Target target, LogicalWriteInfo info) {
        this.target = target;
        this.info = info;
        this.options = new Options(info.options());
    }

    @Override
    public WriteBuilder truncate() {
        truncated = true;
        return this;
    }

    @Override
    public Write build() {
        Target.Mode mode = truncated ? Target.Mode.REPLACE : target.mode();
        Layout layout = layout(mode);
        PartdWrite write = new PartdWrite(target.with(mode), layout, info.schema(), options, info.queryId());
        return options.shuffle() ? new ShuffledWrite(write) : write;
    }

    private Layout layout(Target.Mode mode) {
        Optional<Layout> known = target.there().or(target::declared);
        if (mode == Target.Mode.APPEND && target.there().isPresent())
            return ofStore(target.there().get());
        Partitioner partitioner = options.partitioner()
                .or(() -> known.flatMap(Layout::partitioner))
                .orElseThrow(() -> new IllegalArgumentException("there is no store at " + target.store()
                        + " yet, and nothing says what it is partitioned by: use option(\"" + Options.PARTITIONER
                        + "\", \"hash(64, \\\"column\\\")\") or PARTITIONED BY (bucket(64, column))"));
        StructType schema = known.map(Layout::schema).orElse(info.schema());
        return Layout.of(schema, partitioner);
    }

    /** Rows are appended as those that are there. */
    private Layout ofStore(Layout there) {
        if (there.partitioner().isEmpty()) {
            throw new IllegalArgumentException("the store at " + target.store() + " was not written by a partitioner:"
                    + " which key a row belongs to is not known");
        }
        Optional<Partitioner> asked = options.partitioner();
        if (asked.isPresent() && !asked.equals(there.partitioner())) {
            throw new IllegalArgumentException("option \"" + Options.PARTITIONER + "\" is \"" + asked.get()
                    + "\", and the store at " + target.store() + " is partitioned by " + there.partitionerText()
                    + ": leave the option away, or write to another place");
        }
        return there;
    }
}
