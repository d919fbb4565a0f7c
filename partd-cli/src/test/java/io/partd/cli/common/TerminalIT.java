package io.partd.cli.common;

import io.partd.cli.testing.Script;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is shown on a terminal only; {@code script} of util-linux makes one. */
@Tag("optional")
class TerminalIT {
    @TempDir
    Path directory;

    @Test
    void progressAndBars() throws Exception {
        String command = "stty cols 100; " + Script.ROOT.resolve("partd") + " shuffle " + Script.SAMPLE
                + " --by origin --values --to " + directory.resolve("store");
        ProcessBuilder builder = Script.builder(List.of("script", "-qec", command, "/dev/null"));
        String shown = Script.finish(builder.start()).succeeded().out();
        assertTrue(shown.contains(" rows ("), shown);
        assertTrue(shown.contains("MB/s"), shown);
        assertTrue(shown.contains("largest    ORD  11,277  ████████████████████████████████████████"), shown);
    }
}
