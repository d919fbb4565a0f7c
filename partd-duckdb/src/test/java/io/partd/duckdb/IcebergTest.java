package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import io.partd.testing.ReadmeExample;
import io.partd.testing.ReadmeExample.Compiled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** docs/iceberg.md, as it stands: what Iceberg reads of the files, and which partitions it takes them for. */
@Tag("slow")
class IcebergTest {
    private static final Path PAGE = Path.of("../docs/iceberg.md");
    private static final String IMPORTS =
            "import io.partd.arrow.*; import io.partd.duckdb.*; import java.nio.file.Files; import org.apache.iceberg.*;"
                    + " import org.apache.iceberg.catalog.*; import org.apache.iceberg.io.*;"
                    + " import org.apache.iceberg.mapping.*; import org.apache.iceberg.parquet.*;"
                    + " import org.apache.iceberg.types.Types;"
                    + " import static org.apache.iceberg.types.Types.NestedField.optional;";

    /**
     * A type that both sides have buckets of.
     *
     * @param value the column as an expression of the number n
     * @param shown the column k as text, as Iceberg's internal value is shown
     */
    private record Kind(String value, Type type, String shown) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("(n - 50)::TINYINT", Types.IntegerType.get(), "k::VARCHAR"),
            new Kind("(n * 7919 - 50)::INTEGER", Types.IntegerType.get(), "k::VARCHAR"),
            new Kind("n * 10000000019 - 50", Types.LongType.get(), "k::VARCHAR"),
            new Kind("CASE n WHEN 1 THEN '' ELSE 'köy ' || n END", Types.StringType.get(), "k"),
            new Kind("DATE '1969-12-01' + n::INT", Types.DateType.get(), "(k - DATE '1970-01-01')::VARCHAR"),
            new Kind(
                    "TIME '01:02:03.000004' + to_microseconds(n * 7777777)",
                    Types.TimeType.get(),
                    "epoch_us(k)::VARCHAR"),
            new Kind(
                    "TIMESTAMP '1969-12-31 23:59:00.000001' + to_seconds(n)",
                    Types.TimestampType.withoutZone(),
                    "epoch_us(k)::VARCHAR"),
            new Kind(
                    "TIMESTAMPTZ '1969-12-31 23:59:00.000001+00' + to_seconds(n)",
                    Types.TimestampType.withZone(),
                    "epoch_us(k)::VARCHAR"),
            new Kind("((n - 50) / 8)::DECIMAL(9, 3)", Types.DecimalType.of(9, 3), "k::VARCHAR"),
            new Kind("((n - 50) * 1000003 / 8)::DECIMAL(18, 3)", Types.DecimalType.of(18, 3), "k::VARCHAR"),
            new Kind(
                    "(n - 50)::DECIMAL(38, 2) * 10000000000000000000000::DECIMAL(30, 0)",
                    Types.DecimalType.of(38, 2),
                    "k::VARCHAR"),
            new Kind("encode('key ' || n)", Types.BinaryType.get(), "hex(k)"));

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final PartdDuck duck = PartdDuck.open(DuckOptions.memory("256MB").threads(2));

    @BeforeEach
    void initialize() {
        catalog.initialize("test", Map.of());
        catalog.createNamespace(Namespace.of("air"));
    }

    @AfterEach
    void close() throws IOException {
        catalog.close();
        duck.close();
        allocator.close();
    }

    @Test
    void thePageMakesATableOfAStore() throws Exception {
        SortedMap<String, Path> files = new TreeMap<>();
        example("PartdDuck.open", "SortedMap<String, Path> files, Path parquet", files, directory.resolve("parquet"));
        example("buildTable", "Catalog catalog", catalog);
        Table table = catalog.loadTable(TableIdentifier.of("air", "flights"));
        example("newAppend", "Table table, SortedMap<String, Path> files", table, files);
        try (ArrowPartd flights = ArrowPartd.over(Partds.file(directory.resolve("trips")), allocator)) {
            duck.table("flights", flights, "partition");
            assertEquals(
                    Rows.of(duck.query("SELECT epoch_us(date)::VARCHAR || '|' || delay || '|' || distance || '|' ||"
                                    + " origin || '|' || destination || '|' || partition FROM flights ORDER BY 1")
                            .reader()),
                    rows(table));
            requireFiles(table, flights);
        }
    }

    @Test
    void bucketsAreIcebergsForEachTypeThatHasThem() throws Exception {
        try (Compiled adding = compile("newAppend", "Table table, SortedMap<String, Path> files")) {
            for (Kind kind : KINDS) {
                try (ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator)) {
                    requireSame(kind, store, adding);
                }
            }
        }
    }

    private void requireSame(Kind kind, ArrowPartd store, Compiled adding) throws Exception {
        duck.query("SELECT CASE WHEN range % 10 = 7 THEN NULL ELSE " + kind.value.replaceAll("\\bn\\b", "range")
                        + " END AS k, range AS r FROM range(100)")
                .by(Partitioner.hash(8, "k"))
                .into(store);
        assertTrue(store.keys().contains("\\N"));
        Table table = table("t" + KINDS.indexOf(kind), kind.type);
        duck.table("s", store);
        SortedMap<String, Path> files = duck.eachKey("SELECT * FROM s").into(directory.resolve(table.name()));
        assertEquals(store.keys(), files.keySet());
        adding.run(table, files);
        duck.table("s", store, "partition");
        List<String> expected = Rows.of(duck.query("SELECT coalesce(" + kind.shown + ", 'null') || '|' || r || '|' ||"
                        + " CASE partition WHEN '\\N' THEN 'null' ELSE partition END AS row FROM s ORDER BY row || '|'")
                .reader());
        assertEquals(expected, rows(table), kind::toString);
        requireFiles(table, store);
    }

    private Table table(String name, Type type) {
        Schema schema = new Schema(optional(1, "k", type), optional(2, "r", Types.LongType.get()));
        String names = NameMappingParser.toJson(MappingUtil.create(schema));
        return catalog.buildTable(TableIdentifier.of("air", name), schema)
                .withPartitionSpec(
                        PartitionSpec.builderFor(schema).bucket("k", 8).build())
                .withProperty(TableProperties.DEFAULT_NAME_MAPPING, names)
                .create();
    }

    private void example(String text, String parameters, Object... arguments) throws Exception {
        try (Compiled compiled = compile(text, parameters)) {
            compiled.run(arguments);
        }
    }

    private Compiled compile(String text, String parameters) throws Exception {
        return ReadmeExample.with(text, PAGE, directory).compile(0, IMPORTS, "String.valueOf(value)", parameters);
    }

    /** What Iceberg reads, with the bucket that it says a row belongs to; as {@link Rows} has it, in order. */
    private static List<String> rows(Table table) throws IOException {
        List<String> rows = new ArrayList<>();
        InternalRecordWrapper internal =
                new InternalRecordWrapper(table.schema().asStruct());
        PartitionKey bucket = new PartitionKey(table.spec(), table.schema());
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                bucket.partition(internal.wrap(record));
                StringBuilder row = new StringBuilder();
                for (int i = 0; i < internal.size(); i++) {
                    row.append(text(internal.get(i, Object.class))).append('|');
                }
                rows.add(row.append(bucket.get(0, Integer.class)).append('|').toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static String text(Object value) {
        if (!(value instanceof ByteBuffer bytes)) return String.valueOf(value);
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return HexFormat.of().withUpperCase().formatHex(array);
    }

    /** Each key is a file, of whose rows Iceberg knows the number and the bucket. */
    private static void requireFiles(Table table, ArrowPartd store) throws IOException {
        SortedMap<String, Long> rows = new TreeMap<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask task : files) {
                Integer bucket = task.file().partition().get(0, Integer.class);
                rows.put(bucket == null ? "\\N" : bucket.toString(), task.file().recordCount());
            }
        }
        SortedMap<String, Long> expected = new TreeMap<>();
        for (String key : store.keys()) expected.put(key, store.rows(key));
        assertEquals(expected, rows);
    }
}
