package io.partd.duckdb;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is read, and how it is split. */
class DuckReadTest {
    private static final Path SAMPLE = Path.of("../samples/flights-sample.parquet");

    @TempDir
    static Path directory;

    private static PartdDuck duck;

    @BeforeAll
    static void open() {
        duck = PartdDuck.open(DuckOptions.memory("200MB").threads(2));
    }

    /** Also shows that no batch was left open. */
    @AfterAll
    static void close() {
        duck.close();
    }

    private static String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void filesOfSeveralFormatsInTheirOrder() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files/deeper"));
        Files.writeString(files.resolve("b.csv"), "n,text\n3,c\n4,d\n");
        Files.writeString(files.resolveSibling("a.csv"), "n,text\n1,a\n2,b\n");
        String json = Files.writeString(
                        files.resolve("c*.json"), "{\"n\":5,\"text\":\"e\"}\n{\"n\":-1,\"text\":\"f\"}\n")
                .toString();
        try (Stored stored = new Stored()) {
            ReadSummary summary = duck.read(directory + "/files/**.csv")
                    .and(json, files + "/?.csv")
                    .by(Partitioner.range("n", 3, 5))
                    .into(stored.store);
            assertEquals(new ReadSummary(8, 0, Partitioner.range("n", 3, 5)), summary);
            assertEquals(List.of("1,a", "2,b", "-1,f"), stored.rows("0"));
            assertEquals(List.of("3,c", "4,d", "3,c", "4,d"), stored.rows("1"));
            assertEquals(List.of("n Int(64, true)", "text Utf8"), stored.columns("2"));
        }
    }

    @Test
    void conditionsColumnsAndExpressions() throws Exception {
        String csv = write("days.csv", "day,n,word\n2001-01-05,1,a\n2001-02-06,2,b\n2001-01-07,3,c\n2001-02-08,4,d\n");
        try (Stored stored = new Stored()) {
            duck.read(csv)
                    .where("n > 1 -- and no more")
                    .select("n", "upper(word) AS loud")
                    .by(Partitioner.values("month(day)"))
                    .into(stored.store);
            assertEquals(List.of("1", "2"), stored.keys());
            assertEquals(List.of("2,B,2", "4,D,2"), stored.rows("2"));
            assertEquals(
                    "month(day)", stored.store.schema("2").getFields().get(2).getName());
        }
        try (Stored stored = new Stored()) {
            duck.read(csv).by(Partitioner.values("date_trunc('month', day)")).into(stored.store);
            assertEquals(List.of("2001-01-01T00:00", "2001-02-01T00:00"), stored.keys());
            assertEquals(4, stored.columns("2001-01-01T00:00").size());
        }
    }

    @Test
    void whatIsNeitherAColumnNorAnExpression() throws Exception {
        String csv = write("names.csv", "Alpha,beta\n1,2\n");
        assertEquals("there is no column \"alpha\": did you mean \"Alpha\"?", refused(csv, "alpha"));
        assertEquals("there is no column \"btaa b\": there are \"Alpha\", \"beta\"", refused(csv, "btaa b"));
        assertTrue(refused(csv, "Alpha; DROP TABLE x").startsWith("there is no column"));
        assertTrue(refused(csv, "1) FROM (SELECT 1").startsWith("there is no column"));
        assertTrue(refused(csv, "abs(alfa)").contains("Referenced column \"alfa\" not found"));
        assertTrue(refused(csv, "apps(beta)").contains("apps"));
        DuckRead read = duck.read(csv).by(Partitioner.values("beta"));
        String condition = assertThrows(
                        IllegalArgumentException.class,
                        () -> read.where("beta >").rows())
                .getMessage();
        assertTrue(condition.startsWith("'beta >' is no condition of SQL: syntax error"), condition);
        assertThrows(
                IllegalArgumentException.class,
                () -> read.where("true) LIMIT (1").rows());
    }

    private static String refused(String csv, String by) {
        DuckRead read = duck.read(csv).by(Partitioner.values(by));
        return assertThrows(IllegalArgumentException.class, read::rows).getMessage();
    }

    @Test
    void queries() throws Exception {
        String sql = "SELECT range AS n, range % 3 AS k FROM range(10) ORDER BY n DESC -- the last first";
        try (Stored stored = new Stored()) {
            duck.readQuery(sql).by(Partitioner.values("k")).into(stored.store);
            assertEquals(List.of("8,2", "5,2", "2,2"), stored.rows("2"));
        }
        String wrong = assertThrows(
                        IllegalArgumentException.class,
                        () -> duck.readQuery("SELECT nothing")
                                .by(Partitioner.values("k"))
                                .rows())
                .getMessage();
        assertTrue(wrong.contains("nothing"), wrong);
    }

    /** The reader of another store's key: as it is, and through SQL. */
    @Test
    void arrowReaders() throws Exception {
        try (Stored first = new Stored();
                Stored second = new Stored()) {
            duck.readQuery("SELECT range AS n FROM range(10)")
                    .by(Partitioner.range("n"))
                    .into(first.store);
            try (ArrowReader reader = first.store.reader("0")) {
                duck.read(reader).by(Partitioner.values("n")).into(second.store);
                assertEquals(
                        1, reader.getVectorSchemaRoot().getSchema().getFields().size());
            }
            assertEquals(10, second.keys().size());
            second.store.drop();
            try (ArrowReader reader = first.store.reader("0")) {
                duck.read(reader)
                        .where("n >= 5")
                        .by(Partitioner.values("n % 2"))
                        .into(second.store);
            }
            assertEquals(List.of("6,0", "8,0"), second.rows("0"));
            try (ArrowReader reader = first.store.reader("0")) {
                String once = assertThrows(
                                IllegalArgumentException.class,
                                () -> duck.read(reader).byHash("n").rows())
                        .getMessage();
                assertTrue(once.contains("is read once"), once);
            }
        }
    }

    @Test
    void asManyPartsAsMakeSmallOnes() throws SQLException {
        int parts = 200_000_000 / 16;
        long bytes = 4L * parts - 100;
        try (Stored stored = new Stored()) {
            ReadSummary summary = duck.readQuery("SELECT range AS n FROM range(" + bytes / 8 + ")")
                    .where("n >= 0")
                    .byHash("n")
                    .into(stored.store);
            // A bit of validity for each number of 64 makes it a little more than four parts.
            assertEquals(Partitioner.hash(8, "n"), summary.partitioner());
            assertEquals(bytes / 8, stored.rows());
        }
        try (Stored stored = new Stored()) {
            ReadSummary few = duck.read(SAMPLE.toString()).byHash("origin").into(stored.store);
            assertEquals(Partitioner.hash(1, "origin"), few.partitioner());
        }
    }

    @Test
    void rangesWithAsManyRowsEach() {
        try (Stored stored = new Stored()) {
            duck.readQuery("SELECT CASE WHEN range % 100 = 0 THEN NULL ELSE range * range END AS n FROM range(100_000)")
                    .byRanges("n", 4)
                    .into(stored.store);
            assertEquals(List.of("0", "1", "2", "3", "\\N"), stored.keys());
            for (String key : List.of("0", "1", "2", "3")) {
                assertEquals(24_750, stored.store.rows(key), 1_500, key);
            }
        }
        try (Stored stored = new Stored()) {
            ReadSummary dates = duck.read(SAMPLE.toString()).byRanges("date", 8).into(stored.store);
            assertEquals(8, stored.keys().size());
            assertTrue(dates.partitioner().toString().startsWith("range(\"date\", datetime(2001-0"), dates::toString);
            long largest =
                    stored.keys().stream().mapToLong(stored.store::rows).max().orElseThrow();
            assertEquals(25_000, largest, 3_000);
        }
    }

    @Test
    void rangesOfFewValuesOfTextOrOfNothing() throws Exception {
        String csv = write("few.csv", "w,x\nb,1\nb,1\nb,1\nb,1\nc,1\nd,1\na,1\n");
        try (Stored stored = new Stored()) {
            duck.read(csv).byRanges("w", 4).into(stored.store);
            assertEquals(List.of("a,1"), stored.rows("0"));
            assertEquals(7, stored.rows());
        }
        DuckRead alike = duck.read(csv).byRanges("x", 4);
        assertTrue(assertThrows(IllegalArgumentException.class, alike::rows)
                .getMessage()
                .contains("no two values"));
        DuckRead list = duck.readQuery("SELECT [1] AS l").byRanges("l", 2);
        assertTrue(assertThrows(IllegalArgumentException.class, list::rows)
                .getMessage()
                .contains("has no ranges"));
    }

    @Test
    void boundsAsText() {
        try (Stored stored = new Stored()) {
            ReadSummary summary = duck.read(SAMPLE.toString())
                    .byRanges("date", List.of("2001-01-15", "2001-02-01T12:00"))
                    .into(stored.store);
            assertEquals(
                    "range(\"date\", datetime(2001-01-15T00:00), datetime(2001-02-01T12:00))",
                    summary.partitioner().toString());
            assertEquals(200_000, stored.rows());
        }
    }

    /** The order of the rows of each key is that of the file. */
    @Test
    void aLargeFileInOrderWithLittleMemory() throws Exception {
        Path csv = directory.resolve("large.csv");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT range AS n, hash(range) % 3 AS k, repeat('x', 20) AS text"
                    + " FROM range(2_000_000)) TO '" + csv + "'");
        }
        try (PartdDuck small = PartdDuck.open(DuckOptions.memory("64MB").threads(2));
                RowBatches batches =
                        small.read(csv.toString()).by(Partitioner.values("k")).rows()) {
            long next = 0;
            double done = -1;
            while (batches.next()) {
                for (int i = 0; i < batches.root().getRowCount(); i++) {
                    assertEquals(next++, batches.root().getVector("n").getObject(i));
                }
                assertTrue(batches.done() >= done, "progress goes back");
                done = batches.done();
            }
            assertEquals(2_000_000, next);
            assertTrue(done > 0.5, "progress is " + done);
        }
    }

    @Test
    void incompleteReadsAreRefused() {
        assertThrows(IllegalStateException.class, () -> duck.read("x.csv").rows());
        assertThrows(
                IllegalStateException.class,
                () -> duck.read().by(Partitioner.values("a")).rows());
        String missing = assertThrows(
                        IllegalArgumentException.class,
                        () -> duck.read(directory + "/lagre.csv")
                                .by(Partitioner.values("a"))
                                .rows())
                .getMessage();
        assertTrue(missing.startsWith("there is no file "), missing);
        for (String address : List.of("https://example.org/x.csv", "s3://bucket/x.parquet")) {
            DuckRead read = duck.read(address).by(Partitioner.values("a"));
            String message =
                    assertThrows(IllegalArgumentException.class, read::rows).getMessage();
            assertTrue(message.startsWith(address + " is an address, and only files of this machine"), message);
        }
    }
}
