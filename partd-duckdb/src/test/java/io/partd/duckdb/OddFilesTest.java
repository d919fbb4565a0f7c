package io.partd.duckdb;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.UnreadableInputException.Remedy;
import io.partd.duckdb.testing.Stored;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Files that are not as one would wish: what they are refused with says the file, the line and what helps; and that
 * helps.
 */
class OddFilesTest {
    private static final CsvOptions CSV = CsvOptions.defaults();

    @TempDir
    static Path directory;

    private static PartdDuck duck;

    @BeforeAll
    static void open() {
        duck = PartdDuck.open(DuckOptions.memory("200MB").threads(2));
    }

    @AfterAll
    static void close() {
        duck.close();
    }

    private static String write(String name, String content, Charset charset) throws IOException {
        return Files.writeString(directory.resolve(name), content, charset).toString();
    }

    private static String write(String name, String content) throws IOException {
        return write(name, content, StandardCharsets.UTF_8);
    }

    private static UnreadableInputException refused(DuckRead read) {
        return assertThrows(UnreadableInputException.class, () -> {
            try (Stored stored = new Stored()) {
                read.into(stored.store);
            }
        });
    }

    private static void assertRows(List<String> rows, DuckRead read) {
        try (Stored stored = new Stored()) {
            read.into(stored.store);
            assertEquals(
                    rows,
                    stored.keys().stream()
                            .flatMap(key -> stored.rows(key).stream())
                            .toList());
        }
    }

    private static String lines(int count, String line) {
        return line.repeat(count);
    }

    @Test
    void latin1() throws Exception {
        String file = write("latin.csv", "name,n\nAnna,1\nJosé,2\n", StandardCharsets.ISO_8859_1);
        UnreadableInputException refused = refused(duck.read(file).by(Partitioner.values("n")));
        assertTrue(refused.problem().startsWith("cannot read " + file + ": CSV Error on Line: "), refused.problem());
        assertTrue(refused.problem().contains("not utf-8 encoded"), refused.problem());
        assertEquals(List.of(Remedy.ENCODING, Remedy.IGNORE_ERRORS), refused.remedies());
        assertTrue(refused.getMessage()
                .endsWith("(what may help: CsvOptions.withEncoding, CsvOptions.withErrorsIgnored)"));
        assertRows(
                List.of("Anna,1", "José,2"),
                duck.read(file).csv(CSV.withEncoding("latin-1")).by(Partitioner.values("n")));
        String unknown = assertThrows(IllegalArgumentException.class, () -> CSV.withEncoding("windows-1252"))
                .getMessage();
        assertEquals("the encoding \"windows-1252\" cannot be read: use utf-8, utf-16 or latin-1", unknown);
    }

    /** DuckDB takes it for a file of one column, for no delimiter fits all lines. */
    @Test
    void aRaggedLineAmongTheFirst() throws Exception {
        String file = write("ragged.csv", "a,b,c\n1,\"2\n2\",3\n4,5\n6,7,8\n");
        UnreadableInputException refused = refused(duck.read(file).by(Partitioner.values("a")));
        assertEquals(
                "cannot read " + file + ": line 4 has 2 values with ',' between them, and line 1 has 3",
                refused.problem());
        assertEquals(List.of(Remedy.IGNORE_ERRORS, Remedy.DELIMITER), refused.remedies());
        try (Stored stored = new Stored()) {
            ReadSummary summary = duck.read(write("ragged2.csv", "a,b,c\n1,2,3\n4,5\n6,7,8\n"))
                    .csv(CSV.withErrorsIgnored())
                    .by(Partitioner.values("a"))
                    .into(stored.store);
            assertEquals(2, summary.rows());
            assertEquals(1, summary.leftOut());
            assertEquals(List.of("1", "6"), stored.keys());
        }
    }

    @Test
    void aRaggedLineFarBelow() throws Exception {
        String file = write("late.csv", "a,b,c\n" + lines(40_000, "1,2,3\n") + "4,5\n1,2,3\n");
        String fine = write("fine.csv", "a,b,c\n1,2,3\n");
        UnreadableInputException refused = refused(duck.read(fine, file).by(Partitioner.values("a")));
        assertEquals(
                "cannot read " + file + ": CSV Error on Line: 40002; Original Line: 4,5; Expected Number of Columns: 3"
                        + " Found: 2",
                refused.problem());
        assertEquals(Remedy.IGNORE_ERRORS, refused.remedies().get(0));
        try (Stored stored = new Stored()) {
            ReadSummary summary = duck.read(fine, file)
                    .csv(CSV.withErrorsIgnored())
                    .by(Partitioner.values("a"))
                    .into(stored.store);
            assertEquals(new ReadSummary(40_002, 1, Partitioner.values("a")), summary);
        }
    }

    @Test
    void withoutHeader() throws Exception {
        String file = write("headerless.csv", "p,x\nq,y\n");
        assertRows(
                List.of("p,x", "q,y"),
                duck.read(file).csv(CSV.withHeader(false)).by(Partitioner.values("column0")));
    }

    @Test
    void decimalCommas() throws Exception {
        String file = write("commas.csv", "name;price\na;1,5\nb;2,75\n");
        assertRows(List.of("a,1,5", "b,2,75"), duck.read(file).by(Partitioner.values("name")));
        assertRows(
                List.of("a,1.5", "b,2.75"),
                duck.read(file).csv(CSV.withDecimalSeparator(",")).by(Partitioner.values("name")));
    }

    @Test
    void textAfterManyIntegers() throws Exception {
        String file = write("text.csv", "id,n\n" + lines(60_000, "1,2\n") + "2,many\n");
        UnreadableInputException refused = refused(duck.read(file).by(Partitioner.values("id")));
        assertEquals(
                "cannot read " + file
                        + ": CSV Error on Line: 60002; Original Line: 2,many; Error when converting column"
                        + " \"n\". Could not convert string \"many\" to 'BIGINT'",
                refused.problem());
        assertEquals("n", refused.column().orElseThrow());
        assertEquals(List.of(Remedy.TYPE, Remedy.ALL_TEXT, Remedy.IGNORE_ERRORS), refused.remedies());
        for (CsvOptions helps : List.of(CSV.withType("n", "VARCHAR"), CSV.withAllText())) {
            try (Stored stored = new Stored()) {
                duck.read(file).csv(helps).by(Partitioner.values("id")).into(stored.store);
                assertEquals(List.of("2,many"), stored.rows("2"));
            }
        }
        DuckRead unknown = duck.read(file).csv(CSV.withType("nn", "VARCHAR")).by(Partitioner.values("id"));
        assertTrue(assertThrows(IllegalArgumentException.class, unknown::rows)
                .getMessage()
                .contains("\"nn\""));
    }

    @Test
    void delimitersQuotesAndNulls() throws Exception {
        String file = write("others.csv", "a||b\n'x||y'||NA\nz||-\n");
        CsvOptions options = CSV.withDelimiter("||")
                .withQuote("'")
                .withHeader(true)
                .withNull("NA")
                .withNull("-");
        assertRows(List.of("x||y,null", "z,null"), duck.read(file).csv(options).by(Partitioner.values("a")));
    }

    @Test
    void columnsThatDifferBetweenFiles() throws Exception {
        String two = write("two.csv", "a,b\n1,2\n");
        String three = write("three.csv", "a,b,c\n1,2,3\n");
        String other = write("other.csv", "a,d\n1,2\n");
        assertEquals(
                "cannot read " + three + ": line 1 has 3 values, and that of " + two + " has 2",
                refused(duck.read(two, three).by(Partitioner.values("a"))).problem());
        assertEquals(
                "cannot read " + two + ": Schema mismatch between globbed files.; Column with name: \"c\" is missing",
                refused(duck.read(three, two).by(Partitioner.values("a"))).problem());
        assertTrue(refused(duck.read(two, other).by(Partitioner.values("a")))
                .problem()
                .contains(other));
        // Who names the columns says that others are not wanted.
        assertRows(List.of("1,2", "1,2"), duck.read(two, three).select("a", "b").by(Partitioner.values("a")));
        String small = parquet("small.parquet", "SELECT 1 AS a");
        String large = parquet("large.parquet", "SELECT 1 AS a, 2 AS b");
        assertEquals(
                "cannot read " + large + ": it has a column \"b\" that is not in " + small,
                refused(duck.read(small, large).by(Partitioner.values("a"))).problem());
    }

    /** DuckDB holds 32 MiB of JSON for each thread, whatever there is. */
    @Test
    void tooLittleMemory() throws Exception {
        String json = write("small.json", "{\"a\":1}\n");
        try (PartdDuck little = PartdDuck.open(DuckOptions.memory("64MB").threads(1))) {
            UnreadableInputException refused = refused(little.read(json).by(Partitioner.values("a")));
            assertEquals(List.of(Remedy.MEMORY), refused.remedies());
            assertTrue(refused.problem().startsWith("cannot read " + json + ": "), refused.problem());
        }
    }

    private static String parquet(String name, String sql) throws Exception {
        Path file = directory.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + sql + ") TO '" + file + "'");
        }
        return file.toString();
    }

    @Test
    void brokenFilesOfOtherFormats() throws Exception {
        String json = write("cut.json", "{\"a\":1}\n{\"a\":");
        assertTrue(
                refused(duck.read(json).by(Partitioner.values("a"))).problem().contains("cut.json"));
        String late = write("late.json", lines(60_000, "{\"a\":1}\n") + "{\"a\":2,\"b\":3}\n");
        String unknown = refused(duck.read(late).by(Partitioner.values("a"))).problem();
        assertTrue(unknown.contains("in line 60001") && unknown.contains("unknown key \"b\""), unknown);
        String arrow = write("cut.arrow", "ARROW1\0\0 and no more");
        assertTrue(
                refused(duck.read(arrow).by(Partitioner.values("a"))).problem().contains("cut.arrow"));
        String called = refused(duck.read(write("x.parquet", "")).by(Partitioner.values("a")))
                .problem();
        assertTrue(called.endsWith("it is called Parquet, and does not begin as such a file does"), called);
        UnreadableInputException unclear =
                refused(duck.read(write("x.bin", "a,b\n1,2\n")).by(Partitioner.values("a")));
        assertTrue(unclear.problem().contains("cannot tell what it holds"), unclear.problem());
        assertEquals(List.of(Remedy.FORMAT), unclear.remedies());
        assertRows(
                List.of("1,2"),
                duck.read(directory + "/x.bin").format(InputFormat.CSV).by(Partitioner.values("a")));
    }
}
