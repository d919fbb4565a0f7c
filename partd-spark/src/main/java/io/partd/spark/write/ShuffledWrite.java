package io.partd.spark.write;

import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;

/** A write whose rows Spark brings together by key first: few large chunks a key, but a shuffle before them. */
final class ShuffledWrite implements RequiresDistributionAndOrdering {
    private final PartdWrite write;
    private final Transform[] by;

    /** @throws IllegalArgumentException if Spark has no word for what the store is partitioned by */
    ShuffledWrite(PartdWrite write) {
        this.write = write;
        this.by = write.layout().transforms();
        if (by.length == 0) {
            throw new IllegalArgumentException("option \"shuffle\" is true, and Spark cannot shuffle by "
                    + write.layout().partitionerText() + ": it can by a hash of one column, and by values");
        }
    }

    @Override
    public Distribution requiredDistribution() {
        return Distributions.clustered(by.clone());
    }

    @Override
    public SortOrder[] requiredOrdering() {
        return new SortOrder[0];
    }

    @Override
    public BatchWrite toBatch() {
        return write.toBatch();
    }

    @Override
    public String description() {
        return write.description() + ", shuffled";
    }
}
