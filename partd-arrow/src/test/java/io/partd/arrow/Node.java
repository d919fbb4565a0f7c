package io.partd.arrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs the scripts under {@code src/test/node}, which use the npm package apache-arrow. */
final class Node {
    private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 120;

    private Node() {}

    /** What a run printed, and how it ended. */
    record Result(int exitValue, String output, String errors) {}

    /** The output of a script that must end well. */
    static String run(String script, String... arguments) throws IOException, InterruptedException {
        Result result = tryRun(script, arguments);
        if (result.exitValue != 0) throw new AssertionError("node " + script + " failed:\n" + result.errors);
        return result.output;
    }

    /** Runs a script that may fail. */
    static Result tryRun(String script, String... arguments) throws IOException, InterruptedException {
        assertTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules/apache-arrow")),
                () -> "the npm package apache-arrow is missing: run npm ci in " + SCRIPTS);
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Path folder = Files.createTempDirectory("partd-node-");
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        try {
            int exitValue = waitFor(command, start(command, output, errors));
            return new Result(exitValue, Files.readString(output), Files.readString(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
            Files.delete(folder);
        }
    }

    private static Process start(List<String> command, Path output, Path errors) {
        try {
            return new ProcessBuilder(command)
                    .directory(SCRIPTS.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("node cannot be started: install Debian's nodejs and npm", e);
        }
    }

    private static int waitFor(List<String> command, Process process) throws InterruptedException {
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), String.join(" ", command) + " hangs");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
