package io.partd.cli;

import io.partd.cli.testing.Flights;
import io.partd.cli.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What was shuffled and exported again is what DuckDB itself makes of the file, row for row. */
class FlightsIT {
    private static final Path FULL = Script.ROOT.resolve("../shared/data/flights-3m.parquet");

    private static final Pattern FIRST =
            Pattern.compile("```sh\n(\\./partd shuffle [^\n]*)\n```\n\n```\n(.*?)```", Pattern.DOTALL);

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

    /** The README's first command, as it stands there but for where it writes to. */
    @Test
    void theFirstCommandOfTheReadme() throws Exception {
        String readme = Files.readString(Script.ROOT.resolve("README.md"));
        Matcher block = FIRST.matcher(readme);
        assertTrue(block.find(), "the README has no such command");
        String command = block.group(1)
                .replace("/tmp/flights", directory.resolve("flights").toString());
        ProcessBuilder builder = Script.builder(List.of("bash", "-c", command)).directory(Script.ROOT.toFile());
        List<String> shown =
                Script.finish(builder.start()).succeeded().out().lines().toList();
        List<String> said = block.group(2).lines().toList();
        String rows = "^200,000 rows in \\S+ s \\(\\S+ rows/s\\)";
        assertEquals(said.get(0).replaceFirst(rows, ""), shown.get(0).replaceFirst(rows, ""));
        assertEquals(said.subList(1, said.size() - 1), shown.subList(1, said.size() - 1));
        assertEquals("...", said.get(said.size() - 1));
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
        assertTrue(
                exported.startsWith(rows.replace(" in ", " of ")) && exported.endsWith(" files in " + out + "/\n"),
                exported);
        Flights.assertGrouped(source, out);
    }
}
