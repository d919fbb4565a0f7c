package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Stored;
import io.partd.testing.ChildProcess;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where DuckDB's temporary files are, and that they go. */
class TemporaryFilesTest {
    private static final String LARGE =
            "FROM (SELECT hash(range)::VARCHAR AS text, range AS n FROM range(1_000_000) ORDER BY text)";

    @TempDir
    static Path directory;

    private static PartdDuck small() {
        return PartdDuck.open(DuckOptions.memory("64MB").threads(1));
    }

    private static void write(PartdDuck duck, String sql, Path store) {
        try (ArrowPartd into = ArrowPartd.over(Partds.file(store), ArrowPartd.sharedAllocator())) {
            duck.readQuery(sql).by(Partitioner.hash(2, "n")).into(into);
        }
    }

    /** The files that DuckDB has below a directory. */
    private static long written(Path parent) throws IOException {
        try (Stream<Path> all = Files.walk(parent)) {
            return all.filter(path -> path.getFileName().toString().startsWith("duckdb_temp"))
                    .count();
        }
    }

    private static List<String> content(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theyAreBesideTheStoreAndGo() throws Exception {
        Path beside = Files.createDirectory(directory.resolve("beside"));
        Path other = Files.createDirectory(directory.resolve("other"));
        try (PartdDuck duck = small()) {
            write(duck, "SELECT 1 AS n", other.resolve("store"));
            write(duck, LARGE, beside.resolve("store"));
            assertEquals(List.of("store"), content(other));
            assertTrue(written(beside) > 0);
            // DuckDB stays where it was.
            write(duck, LARGE, other.resolve("more"));
            assertEquals(List.of("more", "store"), content(other));
        }
        assertEquals(List.of("store"), content(beside));
    }

    @Test
    void theyGoAfterAFailure() throws Exception {
        Path beside = Files.createDirectory(directory.resolve("failed"));
        String sql =
                "SELECT text, CASE WHEN n < 1_000_001 THEN CAST('no number' || n AS BIGINT) ELSE n END AS n " + LARGE;
        try (PartdDuck duck = small()) {
            assertThrows(UnreadableInputException.class, () -> write(duck, sql, beside.resolve("store")));
            assertTrue(written(beside) > 0);
        }
        assertEquals(List.of("store"), content(beside));
    }

    @Test
    void theyAreWhereTheOptionsSay() throws Exception {
        Path chosen = Files.createDirectory(directory.resolve("chosen"));
        Path beside = Files.createDirectory(directory.resolve("not-beside"));
        try (PartdDuck duck =
                PartdDuck.open(DuckOptions.memory("64MB").threads(1).temporaryIn(chosen))) {
            write(duck, LARGE, beside.resolve("store"));
            assertTrue(written(chosen) > 0);
        }
        assertEquals(List.of("store"), content(beside));
        assertEquals(List.of(), content(chosen));
    }

    /** A directory in which none can be made is found out when it is needed. */
    @Test
    void aDirectoryThatIsNotThere() {
        Path missing = directory.resolve("missing/deeper");
        try (Stored stored = new Stored();
                PartdDuck duck = PartdDuck.open(DuckOptions.memory("64MB").temporaryIn(missing))) {
            duck.readQuery("SELECT 1 AS n").by(Partitioner.values("n")).into(stored.store);
            assertEquals(List.of("1"), stored.rows("1"));
        }
    }

    /** Sorts what is larger than memory, and is killed. */
    static final class Killed {
        public static void main(String[] arguments) throws InterruptedException {
            try (PartdDuck duck = small()) {
                write(duck, LARGE, Path.of(arguments[0]));
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void whatAKilledProcessHasLeftTheNextOneRemoves() throws Exception {
        Path beside = Files.createDirectory(directory.resolve("killed"));
        try (ChildProcess child = ChildProcess.start(
                List.of("--enable-native-access=ALL-UNNAMED"),
                Killed.class,
                line -> {},
                beside.resolve("store").toString())) {
            Patience.until("it has written", () -> written(beside) > 0);
            child.kill();
        }
        assertEquals(2, content(beside).size());
        try (PartdDuck duck = small()) {
            write(duck, "SELECT 1 AS n", beside.resolve("next"));
            assertEquals(0, written(beside));
        }
        assertEquals(List.of("next", "store"), content(beside));
    }
}
