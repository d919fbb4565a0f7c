package io.partd.duckdb.query;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.partition.PartitionerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A store as a table: the rows of its keys, one key after the other. */
public final class StoreSource implements Source {
    /** In the schemas of a store that was split by a partitioner: its text. */
    private static final String PARTITIONER = "partd.partitioner";

    /**
     * In the schemas of a store that was sorted descending: the column of its ranges, which are read the last first.
     */
    public static final String DESCENDING = "partd.descending";

    private static final String NULL_KEY = "\\N";

    private final ArrowPartd store;
    private final BufferAllocator allocator;
    private final Optional<String> keyColumn;
    private final Schema schema;
    private final Optional<Partitioner> partitioner;
    private final boolean descending;

    /**
     * A store as it is now.
     *
     * @param keyColumn the name of the column that says under which key a row lies, where there is to be one
     * @throws IllegalArgumentException if the store has no columns yet
     */
    public StoreSource(ArrowPartd store, Optional<String> keyColumn, BufferAllocator allocator) {
        this.store = store;
        this.allocator = allocator;
        this.keyColumn = keyColumn;
        Schema stored = firstSchema(store);
        this.schema = plain(stored, keyColumn);
        this.partitioner =
                Optional.ofNullable(stored.getCustomMetadata().get(PARTITIONER)).map(Partitioner::parse);
        String last = stored.getCustomMetadata().get(DESCENDING);
        this.descending = rangeColumn().filter(column -> column.equals(last)).isPresent();
    }

    private static Schema firstSchema(ArrowPartd store) {
        for (String key : store.keys()) {
            Schema schema = store.schema(key);
            if (!schema.getFields().isEmpty()) return schema;
        }
        throw new IllegalArgumentException(store + " is no table yet: nothing was appended that has columns");
    }

    private static Schema plain(Schema stored, Optional<String> keyColumn) {
        List<Field> fields = new ArrayList<>();
        for (Field field : stored.getFields()) fields.add(plain(field));
        keyColumn.ifPresent(name -> fields.add(Field.notNullable(name, ArrowType.Utf8.INSTANCE)));
        for (int i = 0; i < fields.size(); i++) requireOnce(fields.get(i).getName(), fields.subList(0, i));
        return new Schema(fields);
    }

    private static void requireOnce(String name, List<Field> before) {
        for (Field other : before) {
            if (!other.getName().equalsIgnoreCase(name)) continue;
            throw new IllegalArgumentException("column \"" + name + "\" is there twice, as \"" + other.getName()
                    + "\" too, and SQL does not tell them apart");
        }
    }

    static Field plain(Field field) {
        FieldType type = new FieldType(field.isNullable(), field.getType(), null, field.getMetadata());
        return new Field(field.getName(), type, field.getChildren());
    }

    public ArrowPartd store() {
        return store;
    }

    /** What the store says that it was split by. */
    public Optional<Partitioner> partitioner() {
        return partitioner;
    }

    /** The column whose ranges are the keys, where the store is split by ranges. */
    public Optional<String> rangeColumn() {
        return partitioner
                .filter(by -> PartitionerText.parse(by.toString()).kind().equals("range"))
                .map(by -> by.columns().get(0));
    }

    /** The name of the column that says under which key a row lies, where there is one. */
    public Optional<String> keyColumn() {
        return keyColumn;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<String> keys() {
        return keys(descending);
    }

    /**
     * The keys; those of ranges in their order: text would put 10 before 9. Nulls come last, as in SQL.
     *
     * @param lastFirst whether ranges are in the opposite order; other keys are not
     */
    public List<String> keys(boolean lastFirst) {
        List<String> keys = new ArrayList<>(store.keys());
        if (rangeColumn().isPresent()) {
            Comparator<String> order = Comparator.comparingLong(StoreSource::number);
            keys.sort((lastFirst ? order.reversed() : order).thenComparing(Comparator.naturalOrder()));
            if (keys.remove(NULL_KEY)) keys.add(NULL_KEY);
        }
        return keys;
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            // A key that was chosen by hand.
            return Long.MAX_VALUE;
        }
    }

    @Override
    public ArrowReader reader(Part part) {
        return new KeysReader(tables(), schema, keyColumn.orElse(null), part, allocator);
    }

    private KeysReader.Tables tables() {
        return new KeysReader.Tables() {
            @Override
            public Schema schema(String key) {
                return store.schema(key);
            }

            @Override
            public ArrowReader reader(BufferAllocator from, String key, String... columns) {
                return store.reader(from, key, columns);
            }
        };
    }

    @Override
    public BufferAllocator allocator() {
        return allocator;
    }

    /** The bytes that these columns take under these keys. */
    @Override
    public long bytes(Part part) {
        String[] columns = part.columns().stream()
                .filter(column -> !keyColumn.equals(Optional.of(column)))
                .toArray(String[]::new);
        if (columns.length == 0) return 0;
        return part.keys().stream().mapToLong(key -> store.bytes(key, columns)).sum();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
