package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckException.Reason;
import io.partd.duckdb.testing.Stored;
import io.partd.testing.Patience;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How reads end before their end: by an interrupt, by the time limit, by a failure. */
class ReadEndsTest {
    /** DuckDB gives no row of it for longer than a test waits. */
    private static final String SILENT =
            "SELECT a.range AS n FROM range(10000000000) a, range(1000) b WHERE a.range + b.range < 0";
    /** It gives rows at once, and does not end. */
    private static final String ENDLESS = "SELECT range AS n FROM range(1000000000000)";

    private static final long SOON_NANOS = 20_000_000_000L;

    @TempDir
    Path directory;

    private final Stored stored = new Stored();
    private PartdDuck duck;

    @BeforeEach
    void open() {
        duck = PartdDuck.open(options());
    }

    private DuckOptions options() {
        return DuckOptions.memory("128MB").threads(2).temporaryIn(directory);
    }

    /** Also shows that no batch was left open. */
    @AfterEach
    void close() {
        duck.close();
        stored.close();
    }

    @Test
    void anInterruptEndsAQueryThatGivesNothing() throws Exception {
        interrupted(duck.readQuery(SILENT).by(Partitioner.hash(4, "n")), null);
    }

    @Test
    void anInterruptEndsAReadThatIsWriting() throws Exception {
        interrupted(
                duck.readQuery(ENDLESS).by(Partitioner.hash(4, "n")),
                () -> !stored.keys().isEmpty());
    }

    @Test
    void anInterruptEndsTheLookAtTheRows() throws Exception {
        interrupted(duck.readQuery(ENDLESS).byRanges("n", 4), null);
        interrupted(duck.readQuery(ENDLESS).where("n > 1").byHash("n"), null);
    }

    @Test
    void anInterruptEndsACopyOfAStream() throws Exception {
        interrupted(duck.read().and(endless(), "the stream").by(Partitioner.hash(4, "n")), null);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void anInterruptEndsBatchesOfArrow() throws Exception {
        try (Stored source = new Stored()) {
            duck.readQuery("SELECT range AS n FROM range(10)")
                    .by(Partitioner.range("n"))
                    .into(source.store);
            Thread.currentThread().interrupt();
            try (ArrowReader reader = source.store.reader("0")) {
                DuckRead read = duck.read(reader).by(Partitioner.values("n"));
                assertReason(Reason.CANCELLED, assertThrows(DuckException.class, () -> read.into(stored.store)));
            }
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void theTimeIsThatOfTheWholeRead() {
        late(hasty -> hasty.readQuery(SILENT).by(Partitioner.hash(4, "n")));
        late(hasty -> hasty.readQuery(ENDLESS).by(Partitioner.hash(4, "n")));
        late(hasty -> hasty.readQuery(ENDLESS).byRanges("n", 4));
        late(hasty -> hasty.read().and(endless(), "the stream").by(Partitioner.hash(4, "n")));
    }

    private void late(Function<PartdDuck, DuckRead> read) {
        try (PartdDuck hasty = PartdDuck.open(options().timeout(Duration.ofMillis(200)))) {
            long begin = System.nanoTime();
            RuntimeException thrown =
                    assertThrows(RuntimeException.class, () -> read.apply(hasty).into(stored.store));
            assertTrue(System.nanoTime() - begin < SOON_NANOS);
            assertReason(Reason.TIMEOUT, thrown);
            assertTrue(thrown.getMessage().contains("PT0.2S"), thrown::toString);
        }
    }

    /** What was read ahead is given back, and DuckDB ends its work. */
    @Test
    void aStoreThatTakesNothingEndsTheRead() {
        try (VectorSchemaRoot other = duck.query("SELECT 'text' AS other").toArrow(ArrowPartd.sharedAllocator())) {
            stored.store.append("0", other);
        }
        DuckRead read = duck.readQuery(ENDLESS).by(Partitioner.hash(1, "n"));
        long begin = System.nanoTime();
        assertThrows(IllegalArgumentException.class, () -> read.into(stored.store));
        assertTrue(System.nanoTime() - begin < SOON_NANOS);
        assertEquals(1, duck.query("SELECT 1").toTablesaw().rowCount());
    }

    /** The rows before the one that fails are there. */
    @Test
    void whatFailsOnTheWayFailsInItsPlace() {
        DuckRead read = duck.readQuery("SELECT CASE WHEN range < 1000000 THEN range"
                        + " ELSE CAST('no number' || range AS BIGINT) END AS n FROM range(2000000)")
                .by(Partitioner.hash(4, "n"));
        UnreadableInputException failure = assertThrows(UnreadableInputException.class, () -> read.into(stored.store));
        assertTrue(failure.getMessage().contains("no number"), failure::toString);
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return '1';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                // A CSV file of two columns.
                for (int i = 0; i < length; i++) bytes[offset + i] = (byte) "1,2\n".charAt(i % 4);
                return length;
            }
        };
    }

    private void interrupted(DuckRead read, Patience.Condition begun) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            thrown.set(assertThrows(RuntimeException.class, () -> read.into(stored.store)));
            flag.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        if (begun == null) Thread.sleep(200);
        else Patience.until("it has begun", begun);
        long begin = System.nanoTime();
        waiting.interrupt();
        waiting.join(30_000);
        assertNotNull(thrown.get(), "it goes on");
        assertTrue(System.nanoTime() - begin < SOON_NANOS);
        assertReason(Reason.CANCELLED, thrown.get());
        assertTrue(flag.get());
        assertEquals(1, duck.query("SELECT 1").toTablesaw().rowCount());
    }

    private static void assertReason(Reason reason, Throwable thrown) {
        assertEquals(reason, assertInstanceOf(DuckException.class, thrown).reason(), thrown::toString);
    }
}
