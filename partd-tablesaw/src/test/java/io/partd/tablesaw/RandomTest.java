package io.partd.tablesaw;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.tablesaw.testing.RandomTables;
import io.partd.tablesaw.testing.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

import static io.partd.Partds.dict;
import static io.partd.Partds.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random tables through stores, compared with what Tablesaw's own {@code append} makes of them. */
class RandomTest {
    private static final int ROUNDS = 40;

    @TempDir
    Path directory;

    private interface Round {
        void run(Random random, String what);
    }

    /** Runs rounds of seeds that a failure names; the property partd.seed runs one again. */
    private static void rounds(Round round) {
        Long only = Long.getLong("partd.seed");
        long first = only == null ? System.nanoTime() : only;
        for (long seed = first; seed < first + (only == null ? ROUNDS : 1); seed++) {
            String what = "seed " + seed + " (-Dpartd.seed=" + seed + ")";
            try {
                round.run(new Random(seed), what);
            } catch (RuntimeException e) {
                throw new AssertionError(what, e);
            }
            assertEquals(0, ArrowPartd.sharedAllocator().getAllocatedMemory(), what);
        }
    }

    private TablePartd open(Random random, String what) {
        Partd<Bytes> store = random.nextBoolean() ? dict() : file(directory.resolve(what.split(" ")[1]));
        ArrowOptions options = ArrowOptions.defaults()
                .withCompression(CodecType.values()[random.nextInt(3)])
                .withStageBytes(random.nextBoolean() ? 0 : random.nextInt(200_000));
        return TablePartd.over(store, options);
    }

    @Test
    void whatIsReadIsWhatTablesawWouldHaveAppended() {
        rounds((random, what) -> {
            Map<String, Table> expected = new HashMap<>();
            RandomTables tables = new RandomTables(random);
            try (TablePartd store = open(random, what)) {
                for (int i = 0; i < 6; i++) appendSome(random, tables, store, expected);
                expected.forEach((key, table) -> {
                    Tables.assertSame(table, store.get(key), what);
                    Tables.assertSame(table, joined(table, store.stream(key)), what + ", stream");
                    List<String> some = some(random, tables.names());
                    Table columns = store.get(key, some.toArray(new String[0]));
                    Tables.assertSame(
                            table.selectColumns(some.toArray(new String[0])).setName(table.name()), columns, what);
                });
            }
        });
    }

    private static void appendSome(Random random, RandomTables tables, TablePartd store, Map<String, Table> expected) {
        Map<String, Table> values = new LinkedHashMap<>();
        for (int key = 0; key < 3; key++) {
            if (random.nextBoolean())
                values.put("k" + key, tables.next(random.nextBoolean() ? null : "n" + random.nextInt(3)));
        }
        store.append(values);
        values.forEach((key, table) -> {
            Table before = expected.get(key);
            if (before != null) before.append(table);
            else expected.put(key, table.copy().setName(table.name() == null ? key : table.name()));
        });
    }

    private static Table joined(Table expected, Stream<Table> stream) {
        Table joined = expected.emptyCopy();
        try (stream) {
            stream.forEach(part -> {
                assertEquals(expected.name(), part.name());
                joined.append(part);
            });
        }
        return joined;
    }

    private static List<String> some(Random random, List<String> names) {
        List<String> some = new ArrayList<>(names);
        while (some.size() > 1 && random.nextBoolean()) some.remove(random.nextInt(some.size()));
        return some;
    }

    @Test
    void partsAreWhatRowByRowWouldHaveGiven() {
        rounds((random, what) -> {
            Partitioner partitioner = Partitioner.values("key");
            Map<String, Table> expected = new HashMap<>();
            RandomTables tables = new RandomTables(random);
            try (TablePartd store = open(random, what)) {
                for (int i = 0; i < 4; i++) {
                    Table table = tables.next("t");
                    table.addColumns(keys(random, table.rowCount()));
                    store.append(table, partitioner);
                    for (Row row : table) {
                        String key = row.isMissing("key") ? "\\N" : row.getString("key");
                        expected.computeIfAbsent(key, k -> table.emptyCopy()).append(row);
                    }
                }
                assertEquals(expected.keySet(), store.keys(), what);
                expected.forEach((key, table) -> Tables.assertSame(table, store.get(key), what + " " + key));
            }
        });
    }

    private static StringColumn keys(Random random, int rows) {
        StringColumn keys = StringColumn.create("key");
        for (int i = 0; i < rows; i++)
            keys.append(List.of("a", "b", "", "dddddddddd").get(random.nextInt(4)));
        return keys;
    }
}
