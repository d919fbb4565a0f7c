package io.partd.spark.layout;

import io.partd.arrow.ArrowStream;
import io.partd.arrow.Partitioner;
import io.partd.arrow.partition.PartitionerText;
import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Snapshot;
import io.partd.spark.rows.SparkTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a store, and what it is partitioned by. Immutable.
 *
 * @param stored the columns as they are stored
 * @param schema the columns as Spark sees them
 * @param partitioner what decides on a row's key; empty of a store whose keys were chosen by hand, which is only read
 */
public record Layout(Schema stored, StructType schema, Optional<Partitioner> partitioner) {
    /** In the properties of a store: its Arrow schema as JSON, and the text of its partitioner. */
    private static final String SCHEMA = "spark.schema";

    private static final String PARTITIONER = "spark.partitioner";
    /** In the metadata of the Arrow schemas that are stored: the text of the partitioner. */
    private static final String STORED_PARTITIONER = "partd.partitioner";

    /**
     * The layout of a store to be made.
     *
     * @throws IllegalArgumentException if a column cannot be stored, or the partitioner names one that is not there
     */
    public static Layout of(StructType schema, Partitioner partitioner) {
        Schema stored = SparkTypes.toArrow(schema);
        Layout layout = new Layout(stored, SparkTypes.toSpark(stored), Optional.of(partitioner));
        for (String column : layout.partitionColumns()) layout.requireColumn(column);
        return layout;
    }

    /**
     * The layout of what is there, by its properties, or else by the schema that one of its keys begins with.
     *
     * @throws IllegalArgumentException if Spark cannot read it, saying why
     */
    public static Layout of(HadoopPartd store, Snapshot snapshot) {
        Layout known = ofProperties(snapshot.properties());
        if (known != null) return known;
        for (String key : snapshot.keys()) {
            if (snapshot.bytes(key) == 0) continue;
            Schema schema = new ArrowStream(store.get(key), "key \"" + key + "\"").schema();
            if (!schema.getFields().isEmpty()) return ofStored(schema);
        }
        throw new IllegalArgumentException("the store at " + store + " holds no table yet: no key has a schema");
    }

    /** What a commit made by Spark says; null where none did. */
    private static Layout ofProperties(Map<String, String> properties) {
        String schema = properties.get(SCHEMA);
        if (schema == null) return null;
        try {
            Schema stored = Schema.fromJSON(schema);
            String partitioner = properties.get(PARTITIONER);
            return new Layout(
                    stored,
                    SparkTypes.toSpark(stored),
                    Optional.ofNullable(partitioner).map(Partitioner::parse));
        } catch (IOException e) {
            throw new UncheckedIOException("the property " + SCHEMA + " of the store is no schema: " + schema, e);
        }
    }

    private static Layout ofStored(Schema schema) {
        Map<String, String> metadata = new HashMap<>(schema.getCustomMetadata());
        String partitioner = metadata.remove(STORED_PARTITIONER);
        Schema plain = new Schema(schema.getFields(), metadata);
        return new Layout(
                plain,
                SparkTypes.toSpark(plain),
                Optional.ofNullable(partitioner).map(Partitioner::parse));
    }

    /** What the store says of itself from a commit on. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(SCHEMA, stored.toJson());
        partitioner.ifPresent(by -> properties.put(PARTITIONER, by.toString()));
        return properties;
    }

    /**
     * Says no to what another writer made of the store since this layout was read or chosen.
     *
     * @throws IllegalArgumentException if rows of this layout do not belong there any more
     */
    public void requireSame(Map<String, String> properties) {
        Layout there = ofProperties(properties);
        if (there == null) return;
        if (!there.partitioner.equals(partitioner)) {
            throw new IllegalArgumentException("the store is partitioned by " + there.partitionerText()
                    + ", and not by " + partitionerText() + ": leave the option away, or write to another place");
        }
        if (!there.stored.getFields().equals(stored.getFields())) {
            throw new IllegalArgumentException("the store has the columns " + there.schema.toDDL() + ", and not "
                    + schema.toDDL() + ": another writer made or replaced it meanwhile");
        }
    }

    public String partitionerText() {
        return partitioner.map(Partitioner::toString).orElse("nothing that is known");
    }

    /** The columns that decide on a row's key. */
    public List<String> partitionColumns() {
        return rule().map(Rule::columns).orElse(List.of());
    }

    /** What the partitioner does, in parts. */
    public Optional<Rule> rule() {
        return partitioner.map(by -> Rule.of(PartitionerText.parse(by.toString())));
    }

    /** The column, if there is just one of that name and Spark's values of it are those that are stored. */
    public Optional<Field> column(String name) {
        List<Field> named = stored.getFields().stream()
                .filter(field -> field.getName().equals(name))
                .toList();
        if (named.size() != 1 || named.get(0).getDictionary() != null) return Optional.empty();
        Field written = SparkTypes.field(schema.apply(name));
        return written.getType().equals(named.get(0).getType()) ? Optional.of(named.get(0)) : Optional.empty();
    }

    private void requireColumn(String name) {
        if (schema.getFieldIndex(name).isDefined()) return;
        throw new IllegalArgumentException("the partitioner " + partitionerText() + " names column \"" + name
                + "\", and there are " + String.join(", ", schema.fieldNames()));
    }

    /**
     * The partitioning in Spark's words; none of ranges, and of hashes of several columns, which Spark has no word for.
     */
    public Transform[] transforms() {
        Optional<Rule> rule = rule();
        if (rule.isEmpty()) return new Transform[0];
        List<String> columns = rule.get().columns();
        return switch (rule.get().kind()) {
            case HASH ->
                columns.size() == 1
                        ? new Transform[] {Expressions.bucket(rule.get().parts(), quoted(columns.get(0)))}
                        : new Transform[0];
            case VALUES ->
                columns.stream().map(name -> Expressions.identity(quoted(name))).toArray(Transform[]::new);
            case RANGE -> new Transform[0];
        };
    }

    /** A name as Spark's parser takes it for one column, whatever characters it has. */
    public static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
