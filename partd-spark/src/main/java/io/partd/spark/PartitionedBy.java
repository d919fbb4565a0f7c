package io.partd.spark;

import io.partd.arrow.Partitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;

/** The clause PARTITIONED BY: {@code bucket(n, column, ...)}, or columns by their values. */
final class PartitionedBy {
    private PartitionedBy() {}

    /**
     * The partitioner; empty where nothing is said.
     *
     * @throws IllegalArgumentException if no partitioner does what is said
     */
    static Optional<Partitioner> partitioner(Transform[] transforms) {
        if (transforms.length == 0) return Optional.empty();
        if (transforms.length == 1 && transforms[0].name().equals("bucket")) return Optional.of(hash(transforms[0]));
        List<String> columns = new ArrayList<>();
        for (Transform each : transforms) {
            if (!each.name().equals("identity")) throw unknown(each);
            columns.add(column(each, each.references()[0]));
        }
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        return Optional.of(Partitioner.values(columns.get(0), more));
    }

    private static Partitioner hash(Transform bucket) {
        if (!(bucket.arguments()[0] instanceof Literal<?> n) || !(n.value() instanceof Integer parts)) {
            throw unknown(bucket);
        }
        List<String> columns = new ArrayList<>();
        for (NamedReference each : bucket.references()) columns.add(column(bucket, each));
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        return Partitioner.hash(parts, columns.get(0), more);
    }

    private static String column(Transform by, NamedReference reference) {
        if (reference.fieldNames().length != 1) throw unknown(by);
        return reference.fieldNames()[0];
    }

    private static IllegalArgumentException unknown(Transform by) {
        return new IllegalArgumentException("a store cannot be partitioned by " + by.describe()
                + ": it can by bucket(n, column), or by columns alone, each of whose values becomes a partition");
    }
}
