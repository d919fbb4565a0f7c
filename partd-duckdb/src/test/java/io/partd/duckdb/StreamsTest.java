package io.partd.duckdb;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Streams whose kind is not known before they begin. */
class StreamsTest {
    @TempDir
    Path directory;

    private DuckOptions options() {
        return DuckOptions.memory("128MB").threads(1).temporaryIn(directory);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a,b\\n1,2\\n",
                "\ufeffa;b\\n1;2\\n",
                "\\n\\na\tb\\n1\t2\\n",
                "{\"a\":1,\"b\":2}\\n",
                "[{\"a\":1,\"b\":2}]",
            })
    void textIsTakenForWhatItIs(String text) throws IOException {
        try (PartdDuck duck = PartdDuck.open(options());
                Stored stored = new Stored()) {
            duck.read()
                    .and(stream(text.replace("\\n", "\n")), "a pipe")
                    .by(Partitioner.values("a"))
                    .into(stored.store);
            assertEquals(List.of("1,2"), stored.rows("1"));
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void parquetAndCompressedText() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("origin,n\nATL,1\n".getBytes(StandardCharsets.UTF_8));
        }
        try (PartdDuck duck = PartdDuck.open(options());
                Stored stored = new Stored()) {
            duck.read()
                    .and(Files.newInputStream(Path.of("../samples/flights-sample.parquet")), "a pipe")
                    .select("1 AS n")
                    .byHash("origin")
                    .into(stored.store);
            assertEquals(200_000, stored.rows());
            stored.store.drop();
            duck.read()
                    .and(new ByteArrayInputStream(compressed.toByteArray()), "a pipe")
                    .by(Partitioner.values("origin"))
                    .into(stored.store);
            assertEquals(List.of("ATL,1"), stored.rows("ATL"));
        }
    }

    @ParameterizedTest
    @CsvSource({"no stream", "''", "a,\u0001b"})
    void whatItIsHasToBeSaid(String text) throws IOException {
        try (PartdDuck duck = PartdDuck.open(options())) {
            DuckRead read = duck.read().and(stream(text), "a pipe").by(Partitioner.values("a"));
            String problem =
                    assertThrows(UnreadableInputException.class, read::rows).problem();
            assertTrue(problem.startsWith("cannot read a pipe: it is no Arrow stream, Parquet or JSON"), problem);
        }
    }

    @Test
    void whatWasSaidIsTaken() throws IOException {
        try (PartdDuck duck = PartdDuck.open(options());
                Stored stored = new Stored()) {
            duck.read()
                    .and(stream("a\n7\n"), "a pipe")
                    .format(InputFormat.CSV)
                    .by(Partitioner.values("a"))
                    .into(stored.store);
            assertEquals(List.of("7"), stored.rows("7"));
            DuckRead wrong = duck.read()
                    .and(stream("a,b\n"), "a pipe")
                    .format(InputFormat.PARQUET)
                    .by(Partitioner.values("a"));
            String problem =
                    assertThrows(UnreadableInputException.class, wrong::rows).problem();
            assertEquals("cannot read a pipe: it does not begin as Parquet does", problem);
        }
    }
}
