package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.LabelType;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Which tables may follow which under a key, and what is said of those that may not. */
class SchemaDifferencesTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);
    private static final ArrowType LONG = new ArrowType.Int(64, true);
    private static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;
    private static final ArrowType LIST = ArrowType.List.INSTANCE;
    private static final ArrowType STRUCT = ArrowType.Struct.INSTANCE;

    private final BufferAllocator allocator = new RootAllocator();

    @TempDir
    Path directory;

    /** Schemas, and what is said of the second, or {@code ""} where it may follow the first. */
    record Case(String name, Schema stored, Schema given, String difference) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void register() {
        LabelType.register();
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private static Field field(String name, ArrowType type, Field... children) {
        return new Field(name, FieldType.nullable(type), List.of(children));
    }

    private static Field required(String name, ArrowType type, Field... children) {
        return new Field(name, FieldType.notNullable(type), List.of(children));
    }

    private static Schema schema(Field... fields) {
        return new Schema(List.of(fields));
    }

    private static Case refused(String name, Field stored, Field given, String difference) {
        return new Case(name, schema(stored), schema(given), difference);
    }

    private static Field map(String entries, String key, String value, boolean sorted) {
        Field pair = required(entries, STRUCT, required(key, INT), field(value, TEXT));
        return field("m", new ArrowType.Map(sorted), pair);
    }

    private static Field union(UnionMode mode, int... ids) {
        return field("u", new ArrowType.Union(mode, ids), field("a", INT), field("b", TEXT));
    }

    private static Field label(String label) {
        return field("x", new LabelType(INT, label));
    }

    static Stream<Case> refusedOnes() {
        return Stream.of(columns(), types(), children(), labels()).flatMap(List::stream);
    }

    private static List<Case> columns() {
        Field x = field("x", INT);
        Field y = field("y", INT);
        return List.of(
                refused(
                        "name",
                        x,
                        y,
                        "its column 0 is \"x\" and the one given is \"y\": names and their order must be equal"),
                new Case(
                        "order",
                        schema(x, y),
                        schema(y, x),
                        "its column 0 is \"x\" and the one given is \"y\": names and their order must be equal"),
                new Case(
                        "one more",
                        schema(x),
                        schema(x, y),
                        "it holds 1 columns and is given 2: column \"y\" is not among those that it holds"),
                new Case(
                        "one less",
                        schema(x, y),
                        schema(x),
                        "it holds 2 columns and is given 1: column \"y\" is missing"));
    }

    private static List<Case> types() {
        return List.of(
                refused(
                        "type",
                        field("x", INT),
                        field("x", TEXT),
                        "column \"x\" holds Int(32, true) and is given Utf8"),
                refused(
                        "width",
                        field("x", INT),
                        field("x", LONG),
                        "column \"x\" holds Int(32, true) and is given Int(64, true)"),
                refused(
                        "sign",
                        field("x", INT),
                        field("x", new ArrowType.Int(32, false)),
                        "column \"x\" holds Int(32, true) and is given Int(32, false)"),
                refused(
                        "time zone",
                        field("x", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
                        field("x", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
                        "column \"x\" holds Timestamp(MICROSECOND, UTC) and is given Timestamp(MICROSECOND, null)"),
                refused(
                        "scale",
                        field("x", new ArrowType.Decimal(10, 2, 128)),
                        field("x", new ArrowType.Decimal(10, 3, 128)),
                        "column \"x\" holds Decimal(10, 2, 128) and is given Decimal(10, 3, 128)"),
                refused(
                        "nulls",
                        required("x", INT),
                        field("x", INT),
                        "column \"x\" holds Int(32, true) without nulls and is given one that may have nulls"));
    }

    private static List<Case> children() {
        return List.of(
                refused(
                        "element",
                        field("x", LIST, field("item", INT)),
                        field("x", LIST, field("item", LONG)),
                        "column \"x\".item holds Int(32, true) and is given Int(64, true)"),
                refused(
                        "nulls among elements",
                        field("x", LIST, required("item", INT)),
                        field("x", LIST, field("item", INT)),
                        "column \"x\".item holds Int(32, true) without nulls and is given one that may have nulls"),
                refused(
                        "list size",
                        field("x", new ArrowType.FixedSizeList(2), field("item", INT)),
                        field("x", new ArrowType.FixedSizeList(3), field("item", INT)),
                        "column \"x\" holds FixedSizeList(2)<item: Int(32, true)> and is given"
                                + " FixedSizeList(3)<item: Int(32, true)>"),
                refused(
                        "names within a struct",
                        field("x", STRUCT, field("a", INT), field("b", INT)),
                        field("x", STRUCT, field("a", INT), field("c", INT)),
                        "column \"x\" holds Struct<a: Int(32, true), b: Int(32, true)> and is given"
                                + " Struct<a: Int(32, true), c: Int(32, true)>"),
                refused(
                        "deep",
                        field("x", STRUCT, field("a", LIST, field("item", INT))),
                        field("x", STRUCT, field("a", LIST, field("item", TEXT))),
                        "column \"x\".a.item holds Int(32, true) and is given Utf8"),
                refused(
                        "sorted keys",
                        map("entries", "key", "value", false),
                        map("entries", "key", "value", true),
                        "column \"m\" holds Map(false)<entries: Struct<key: Int(32, true), value: Utf8>> and is given"
                                + " Map(true)<entries: Struct<key: Int(32, true), value: Utf8>>"),
                refused(
                        "type ids",
                        union(UnionMode.Dense, 0, 1),
                        union(UnionMode.Dense, 0, 2),
                        "column \"u\" holds Union(Dense, [0, 1])<a: Int(32, true), b: Utf8> and is given"
                                + " Union(Dense, [0, 2])<a: Int(32, true), b: Utf8>"),
                refused(
                        "union mode",
                        union(UnionMode.Dense, 0, 1),
                        union(UnionMode.Sparse, 0, 1),
                        "column \"u\" holds Union(Dense, [0, 1])<a: Int(32, true), b: Utf8> and is given"
                                + " Union(Sparse, [0, 1])<a: Int(32, true), b: Utf8>"));
    }

    private static List<Case> labels() {
        return List.of(
                refused(
                        "extension",
                        field("x", INT),
                        label("one"),
                        "column \"x\" holds Int(32, true) and is given extension partd.test.label(one) of Int(32, true)"),
                refused(
                        "parameter of an extension",
                        label("one"),
                        label("two"),
                        "column \"x\" holds extension partd.test.label(one) of Int(32, true) and is given extension"
                                + " partd.test.label(two) of Int(32, true)"));
    }

    @ParameterizedTest
    @MethodSource("refusedOnes")
    void isRefusedBeforeAnythingIsWritten(Case it) {
        Partd<Bytes> bytes = Partds.file(directory);
        try (ArrowPartd store = ArrowPartd.over(bytes, allocator)) {
            append(store, it.stored());
            assertRefused(store, it, bytes);
            try (ArrowPartd another = ArrowPartd.over(Partds.file(directory), allocator)) {
                assertRefused(another, it, bytes);
            }
        }
    }

    private void assertRefused(ArrowPartd store, Case it, Partd<Bytes> bytes) {
        Bytes before = bytes.get("the key");
        for (int rows : new int[] {2, 0}) {
            try (VectorSchemaRoot given = root(it.given(), rows);
                    VectorSchemaRoot good = root(it.stored(), 1)) {
                for (Map<String, VectorSchemaRoot> values :
                        List.of(Map.of("the key", given), Map.of("the key", given, "a", good, "z", good))) {
                    IllegalArgumentException e =
                            assertThrows(IllegalArgumentException.class, () -> store.append(values));
                    assertEquals("key \"the key\" cannot take this table: " + it.difference(), e.getMessage());
                }
            }
        }
        assertEquals(before, bytes.get("the key"));
        assertEquals(List.of("the key"), List.copyOf(bytes.keys()));
    }

    static Stream<Case> acceptedOnes() {
        FieldType noted = new FieldType(true, INT, null, Map.of("unit", "m"));
        return Stream.of(
                new Case("the same", schema(field("x", INT)), schema(field("x", INT)), ""),
                new Case("without nulls into nulls", schema(field("x", INT)), schema(required("x", INT)), ""),
                new Case(
                        "elements without nulls",
                        schema(field("x", LIST, field("item", INT))),
                        schema(field("x", LIST, required("item", INT))),
                        ""),
                new Case(
                        "name of the element",
                        schema(field("x", LIST, field("item", INT))),
                        schema(field("x", LIST, field("element", INT))),
                        ""),
                new Case(
                        "names within a map",
                        schema(map("entries", "key", "value", false)),
                        schema(map("key_value", "k", "v", false)),
                        ""),
                new Case("metadata of a field", schema(new Field("x", noted, List.of())), schema(field("x", INT)), ""),
                new Case(
                        "metadata of the schema",
                        new Schema(List.of(field("x", INT)), Map.of("from", "one")),
                        new Schema(List.of(field("x", INT)), Map.of("from", "two", "more", "yes")),
                        ""),
                new Case("extension", schema(label("one")), schema(label("one")), ""));
    }

    @ParameterizedTest
    @MethodSource("acceptedOnes")
    void isAcceptedAndTheFirstStays(Case it) {
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory), allocator)) {
            append(store, it.stored());
            append(store, it.given());
            try (ArrowPartd another = ArrowPartd.over(Partds.file(directory), allocator)) {
                append(another, it.given());
                for (ArrowPartd each : List.of(store, another)) {
                    assertEquals(it.stored(), each.schema("the key"));
                    assertRows(each, it);
                }
            }
        }
    }

    private void assertRows(ArrowPartd store, Case it) {
        List<List<Object>> expected = new ArrayList<>();
        for (Schema schema : List.of(it.stored(), it.given(), it.given())) {
            try (VectorSchemaRoot root = root(schema, 2)) {
                expected.addAll(Rows.of(root));
            }
        }
        try (VectorSchemaRoot all = store.get("the key")) {
            assertEquals(it.stored(), all.getSchema());
            assertEquals(expected, Rows.of(all));
        }
    }

    @Test
    void aHeadAndItsValueMustBeOfOneSchemaToo() {
        Partd<Bytes> bytes = Partds.dict();
        try (ArrowPartd store = ArrowPartd.over(bytes, allocator);
                VectorSchemaRoot head = root(schema(field("x", INT)), 1);
                VectorSchemaRoot value = root(schema(field("x", TEXT)), 1)) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> store.append(Map.of("k", value), Map.of("k", head)));
            assertEquals(
                    "key \"k\" cannot take this table: column \"x\" holds Int(32, true) and is given Utf8",
                    e.getMessage());
            assertEquals(0, bytes.keys().size());
            store.append("k", head);
            store.append(Map.of("k", head), Map.of("k", value));
            try (VectorSchemaRoot all = store.get("k")) {
                assertEquals(2, all.getRowCount(), "a head that is not written need not fit");
            }
        }
    }

    private void append(ArrowPartd store, Schema schema) {
        try (VectorSchemaRoot root = root(schema, 2)) {
            store.append("the key", root);
        }
    }

    /** A table of the same values for each schema of a case. */
    private VectorSchemaRoot root(Schema schema, int rows) {
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        Samples.fill(root, rows, 0, new Random(rows), allocator);
        return root;
    }
}
