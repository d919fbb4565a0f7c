package io.partd.cli.common;

import io.partd.cli.testing.Script;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is shown on a terminal only; {@code script} of util-linux makes one. */
@Tag("optional")
class TerminalIT {
    @TempDir
    Path directory;

    private static Script.Result onTerminal(String arguments) throws Exception {
        String command = "stty cols 100; " + Script.ROOT.resolve("partd") + " " + arguments;
        return Script.finish(
                Script.builder(List.of("script", "-qec", command, "/dev/null")).start());
    }

    @Test
    void progressAndBars() throws Exception {
        Path store = directory.resolve("store");
        String shown = onTerminal("shuffle " + Script.SAMPLE + " --by origin --values --to " + store)
                .succeeded()
                .out();
        assertTrue(shown.matches("(?s).*\\d%.*[\\d,]+ rows, .*"), shown);
        assertTrue(shown.contains("MB/s"), shown);
        assertTrue(shown.contains("largest    ORD  11,277  ████████████████████████████████████████"), shown);
        String exported = onTerminal("export " + store + " --out " + directory.resolve("all.csv"))
                .succeeded()
                .out();
        assertTrue(exported.contains("/200,000 rows"), exported);
        assertTrue(exported.contains("200,000 rows of 228 keys in "), exported);
        Script.Result refused = onTerminal("cat " + store + " ATL");
        assertEquals(2, refused.code());
        assertTrue(refused.out().contains("--force"), refused.out());
        assertTrue(onTerminal("cat --force " + store + " ATL").succeeded().bytes().length > 100_000);
    }
}
