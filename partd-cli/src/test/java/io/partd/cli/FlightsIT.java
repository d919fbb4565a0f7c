package io.partd.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What was shuffled and exported again is what DuckDB itself makes of the file, row for row. */
class FlightsIT {
    private static final Path FULL = Script.ROOT.resolve("../shared/data/flights-3m.parquet");

    @TempDir
    Path directory;

    @Test
    void theSampleByOrigin() throws Exception {
        byOrigin(Script.SAMPLE, "200,000 rows in ", "228 partitions");
    }

    @Test
    @Tag("slow")
    void allFlightsByOrigin() throws Exception {
        Assumptions.assumeTrue(Files.exists(FULL), "the full file does not lie beside this repository");
        byOrigin(FULL.normalize(), "3,000,000 rows in ", "229 partitions");
    }

    private void byOrigin(Path source, String rows, String partitions) throws Exception {
        Path store = directory.resolve("store");
        Path out = directory.resolve("out");
        String summary = Script.run("shuffle", source, "--by", "origin", "--values", "--to", store)
                .succeeded()
                .out();
        assertTrue(summary.startsWith(rows) && summary.contains(partitions), summary);
        assertTrue(summary.contains("smallest ") && summary.contains(", largest "), summary);
        String exported = Script.run("export", store, "--format", "parquet", "--out", out + "/")
                .succeeded()
                .out();
        assertEquals("", exported);
        Flights.assertGrouped(source, out);
    }
}
