package io.partd.duckdb;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.duckdb.testing.Rows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is wrong with statements and tables, and what ends statements on their way, is said in words that help. */
class QueryFailuresTest extends FlightsFixture {
    QueryFailuresTest() {
        super("SELECT * FROM " + SAMPLE);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        refused("\"orign\"", () -> duck.query("SELECT orign FROM flights"));
        refused("^", () -> duck.query("SELECT orign FROM flights"));
        refused("Candidate bindings: \"origin\"", () -> duck.query("SELECT orign FROM flights"));
        refused("Did you mean \"flights\"?", () -> duck.query("SELECT * FROM flihgts"));
        refused("syntax error", () -> duck.query("SELECT * FORM flights"));
        refused("FORM flights\n     ^", () -> duck.query("SELECT *\nFORM flights"));
        refused("one SELECT at a time", () -> duck.query("SELECT 1; SELECT 2"));
        refused("only a SELECT", () -> duck.query("DROP TABLE flights"));
        refused("is no file", () -> duck.table("x", directory.resolve("absent.csv")));
        refused("name says no format", () -> duck.query("SELECT 1").into(directory.resolve("x.doc")));
        refused("is no directory", () -> duck.query("SELECT 1").into(directory.resolve("absent/x.csv")));
        try (ArrowPartd empty = ArrowPartd.over(Partds.dict(), allocator)) {
            refused("is no table yet", () -> duck.table("empty", empty));
        }
    }

    @Test
    void whatFailsWhileItRunsSaysWhy() {
        DuckException conversion = assertThrows(
                DuckException.class,
                () -> duck.query("SELECT CAST(origin AS INTEGER) FROM flights")
                        .reader()
                        .close());
        assertEquals(DuckException.Reason.FAILED, conversion.reason());
        assertTrue(
                conversion.getMessage().contains("'ABE'")
                        || conversion.getMessage().contains("INT32"),
                conversion.getMessage());
        assertEquals(1, duck.query("SELECT 1").toTablesaw().rowCount());
    }

    @Test
    void anInterruptEndsAStatement() throws Exception {
        String endless = "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range";
        AtomicReference<DuckException> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(
                assertThrows(DuckException.class, () -> duck.query(endless).reader())));
        waiting.start();
        Thread.sleep(200);
        long begin = System.nanoTime();
        waiting.interrupt();
        waiting.join(20_000);
        assertEquals(DuckException.Reason.CANCELLED, thrown.get().reason());
        assertTrue(System.nanoTime() - begin < 5_000_000_000L);
        assertEquals(1, duck.query("SELECT 1").toTablesaw().rowCount());
    }

    @Test
    void aTimeoutEndsAStatement() {
        try (PartdDuck hasty = PartdDuck.open(DuckOptions.memory("128MB").timeout(Duration.ofMillis(100)))) {
            DuckException late = assertThrows(
                    DuckException.class,
                    () -> hasty.query(
                                    "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range % 7 = b.range")
                            .reader());
            assertEquals(DuckException.Reason.TIMEOUT, late.reason());
            assertTrue(late.getMessage().contains("PT0.1S"), late.getMessage());
        }
    }

    @Test
    void tooLittleMemorySaysWhatToRaise() {
        try (PartdDuck small = PartdDuck.open(DuckOptions.memory("64MB").threads(1))) {
            DuckException failure = assertThrows(
                    DuckException.class,
                    () -> small.query(
                                    "SELECT list(r) FROM (SELECT range::VARCHAR || 'some more text for each' r FROM range(5000000))")
                            .reader());
            assertEquals(DuckException.Reason.OUT_OF_MEMORY, failure.reason(), failure.getMessage());
            assertTrue(failure.getMessage().contains("raise DuckOptions.memory"), failure.getMessage());
        }
    }

    @Test
    void brokenBytesKeepTheirCauseAndTheirKey() throws Exception {
        try (Partd<Bytes> bytes = Partds.dict();
                ArrowPartd store = ArrowPartd.over(bytes, allocator)) {
            duck.query("SELECT 1::BIGINT AS x").under("a").into(store);
            duck.query("SELECT 2::BIGINT AS x").under("b").into(store);
            bytes.append("b", Bytes.utf8("no Arrow, and long enough to be looked at"));
            duck.table("broken", store);
            DuckException failure = assertThrows(
                    DuckException.class,
                    () -> Rows.of(duck.query("SELECT sum(x) FROM broken").reader()));
            assertEquals(DuckException.Reason.INPUT, failure.reason());
            assertTrue(
                    failure.getMessage().contains("\"broken\"")
                            && failure.getMessage().contains("\"b\""),
                    failure.getMessage());
            assertInstanceOf(CorruptPartdException.class, failure.getCause().getCause());
        }
    }

    @Test
    void whatIsNoTable() throws Exception {
        try (Partd<Bytes> bytes = Partds.dict();
                ArrowPartd store = ArrowPartd.over(bytes, allocator)) {
            bytes.append("key 1", Bytes.utf8("no Arrow, and long enough to be looked at"));
            CorruptPartdException none = assertThrows(CorruptPartdException.class, () -> duck.table("bytes", store));
            assertTrue(none.getMessage().contains("key 1"), none.getMessage());
        }
        try (ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator);
                VectorSchemaRoot twice = root(
                        Field.nullable("a", ArrowType.Utf8.INSTANCE), Field.nullable("A", ArrowType.Utf8.INSTANCE));
                VectorSchemaRoot wide = root(
                        Field.nullable("n", new ArrowType.Int(64, true)),
                        Field.nullable("w", new ArrowType.Decimal(60, 2, 256)))) {
            store.append("key", wide);
            refused("column \"w\" of table \"wide\"", () -> duck.table("wide", store));
            refused("SQL has no type for", () -> duck.table("wide", wide));
            store.delete("key");
            store.append("key", twice);
            refused("column \"A\" is there twice, as \"a\" too", () -> duck.table("twice", store));
        }
        assertEquals(1, duck.query("SELECT 1").toTablesaw().rowCount());
    }

    private VectorSchemaRoot root(Field... fields) {
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(fields)), allocator);
        root.allocateNew();
        root.setRowCount(1);
        return root;
    }

    private static void refused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
