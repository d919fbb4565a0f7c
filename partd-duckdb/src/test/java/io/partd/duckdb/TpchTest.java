package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import io.partd.testing.OneJdk;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The 22 queries of TPC-H over stores, within 512 MB; the oracle is DuckDB over the same rows as Parquet. */
class TpchTest {
    private static final double SMALL = 0.01;
    private static final int QUERIES = 22;
    /** By the first letters of columns' names: their types, where they are not text. */
    private static final String NUMBERS =
            "acctbal|extendedprice|discount|tax|supplycost|totalprice|retailprice|quantity";

    private static final Map<String, String> SPLIT = Map.of(
            "lineitem",
            "l_orderkey",
            "orders",
            "o_orderkey",
            "partsupp",
            "ps_partkey",
            "part",
            "p_partkey",
            "customer",
            "c_custkey",
            "supplier",
            "s_suppkey",
            "nation",
            "n_nationkey",
            "region",
            "r_regionkey");

    @TempDir
    Path directory;

    @Test
    void givesWhatDuckDbGives() throws Exception {
        run(SMALL);
    }

    @Test
    @Tag("slow")
    void givesWhatDuckDbGivesAtScaleOne() throws Exception {
        OneJdk.assumeFirst();
        run(1);
    }

    private void run(double scale) throws Exception {
        List<String> views = new ArrayList<>();
        List<ArrowPartd> stores = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                PartdDuck duck = PartdDuck.open(DuckOptions.memory("512MB").threads(2))) {
            for (TpchTable<?> table : TpchTable.getTables()) {
                Path parquet = directory.resolve(table.getTableName() + ".parquet");
                duck.query(csv(table, write(table, scale))).into(parquet);
                views.add("CREATE VIEW " + table.getTableName() + " AS SELECT * FROM '" + parquet + "'");
                ArrowPartd store = ArrowPartd.over(Partds.file(directory.resolve(table.getTableName())), allocator);
                stores.add(store);
                duck.query("SELECT * FROM '" + parquet + "'")
                        .by(Partitioner.hash(8, SPLIT.get(table.getTableName())))
                        .into(store);
                duck.table(table.getTableName(), store);
            }
            List<String> queries = queries();
            assertEquals(QUERIES, queries.size());
            for (int i = 0; i < QUERIES; i++) {
                assertEquals(
                        Rows.ofDuckDb(allocator, queries.get(i), views.toArray(String[]::new)),
                        Rows.of(duck.query(queries.get(i)).reader()),
                        "query " + (i + 1));
            }
            stores.forEach(ArrowPartd::close);
        }
    }

    private static List<String> queries() throws IOException {
        try (InputStream in = TpchTest.class.getResourceAsStream("/tpch.sql")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split(";\\s*"));
        }
    }

    private <E extends TpchEntity> Path write(TpchTable<E> table, double scale) throws IOException {
        Path file = directory.resolve(table.getTableName() + ".tbl");
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (E row : table.createGenerator(scale, 1, 1)) writer.write(row.toLine() + "\n");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return file;
    }

    private static String csv(TpchTable<?> table, Path file) {
        String prefix = SPLIT.get(table.getTableName()).replaceAll("_.*", "_");
        String columns = table.getColumns().stream()
                .map(column -> column.getSimplifiedColumnName())
                .map(name -> name.startsWith(prefix) ? name : prefix + name)
                .map(name -> "'" + name + "': '" + type(name) + "'")
                .collect(Collectors.joining(", "));
        // Each line has a delimiter at its end, too.
        return "SELECT * EXCLUDE nothing FROM read_csv('" + file + "', delim = '|', header = false, columns = {"
                + columns + ", 'nothing': 'VARCHAR'})";
    }

    private static String type(String column) {
        if (column.endsWith("date")) return "DATE";
        if (column.matches("\\w+_(" + NUMBERS + ")")) return "DECIMAL(15, 2)";
        return column.matches("\\w+_(\\w*key|linenumber|size|availqty|shippriority)") ? "INTEGER" : "VARCHAR";
    }
}
