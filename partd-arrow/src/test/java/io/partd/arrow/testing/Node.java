package io.partd.arrow.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs the scripts under {@code src/test/node}, which use the npm package apache-arrow. */
public final class Node {
    private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
    static final int PATIENCE_SECONDS = 120;

    private Node() {}

    /** Runs a script, which must end well. */
    public static void run(String script, String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("partd-node-", ".errors");
        try {
            Process process = start(Redirect.DISCARD, Redirect.to(errors.toFile()), script, arguments);
            if (waitFor(script, process) != 0)
                throw new AssertionError("node " + script + " failed:\n" + Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    /** Starts a script, whose output and errors are read together from the process. */
    static Process start(String script) {
        return start(Redirect.PIPE, null, script);
    }

    private static Process start(Redirect output, Redirect errors, String script, String... arguments) {
        assertTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules/apache-arrow")),
                () -> "the npm package apache-arrow is missing: run npm ci in " + SCRIPTS);
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectOutput(output);
        if (errors == null) builder.redirectErrorStream(true);
        else builder.redirectError(errors);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError("node cannot be started: install Debian's nodejs and npm", e);
        }
    }

    private static int waitFor(String script, Process process) throws InterruptedException {
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "node " + script + " hangs");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
