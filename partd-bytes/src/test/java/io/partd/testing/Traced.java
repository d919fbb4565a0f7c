package io.partd.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A JVM under strace: what it asks of the system is seen, and may be made to fail. */
public final class Traced {
    private Traced() {}

    /** Runs a main class of the tests to its good end, and gives its calls, one a line. */
    public static List<String> run(Path temporary, List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return run(temporary, 0, flags, main, arguments);
    }

    /** As above, to an end with this exit code: a process that was killed has 128 and the number of its signal. */
    public static List<String> run(Path temporary, int exit, List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path calls = temporary.resolve("calls");
        Path printed = temporary.resolve("printed");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-s", "400", "-o", calls.toString()));
        command.addAll(flags);
        command.addAll(ChildProcess.command(main, arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertTrue(process.waitFor(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(exit, process.exitValue(), Files.readString(printed));
        return Files.readAllLines(calls, StandardCharsets.ISO_8859_1);
    }
}
