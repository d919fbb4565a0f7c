package io.partd.cli.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The {@code partd} script at the root of the repository, run as users do, on the JDK of this test. */
public final class Script {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    public static final Path SAMPLE = ROOT.resolve("samples/flights-sample.parquet");

    private static final int PATIENCE_SECONDS = 120;

    private Script() {}

    /** What a command has done. */
    public record Result(int code, byte[] bytes, String err) {
        public String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public Result succeeded() {
            assertEquals(0, code, this::toString);
            return this;
        }

        /** Checks that it failed with this code, and one line that says all of this; returns that line. */
        public String failed(int expected, String... parts) {
            assertEquals(expected, code, this::toString);
            assertEquals("", out());
            String line = err.lines().findFirst().orElseThrow();
            for (String part : parts) assertTrue(line.contains(part), this::toString);
            if (expected == 1) assertEquals(1, err.lines().count(), this::toString);
            return line;
        }

        @Override
        public String toString() {
            return "code " + code + "\n" + out() + "\n" + err;
        }
    }

    public static Result run(Object... arguments) throws IOException, InterruptedException {
        return finish(start(arguments));
    }

    /** Makes a store of the sample, with a key for each origin. */
    public static void shuffleSample(Path store) throws IOException, InterruptedException {
        run("shuffle", SAMPLE, "--by", "origin", "--values", "--to", store).succeeded();
    }

    /** The names of the files in a directory, hidden ones too, in order. */
    public static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    public static Process start(Object... arguments) throws IOException {
        return builder(arguments).start();
    }

    /**
     * Starts a command that is going to be sent this signal, such as INT. A script's background jobs ignore interrupts,
     * which all that they start inherits, these tests too: the command is started as from a terminal.
     */
    public static Process startSignalled(String signal, Object... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(arguments);
        List<String> reset = List.of("env", "--default-signal=" + signal);
        if (can(reset)) builder.command().addAll(0, reset);
        return builder.start();
    }

    /** Whether the machine's env knows how to; where it does not, what is inherited stays. */
    private static boolean can(List<String> env) throws IOException, InterruptedException {
        List<String> nothing = new ArrayList<>(env);
        nothing.add("true");
        return new ProcessBuilder(nothing).start().waitFor() == 0;
    }

    /** Sends a signal to the command. */
    public static void signal(Process process, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
        assertEquals(0, kill.waitFor(), "kill");
    }

    static ProcessBuilder builder(Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("partd").toString());
        for (Object argument : arguments) command.add(argument.toString());
        return builder(command);
    }

    /**
     * A process that runs the script in some way. Nothing is built in a test, and a command ends before the JVM's
     * second compiler has been worth its time: there are hundreds.
     */
    public static ProcessBuilder builder(List<String> command) {
        First.await();
        return withEnvironment(new ProcessBuilder(command));
    }

    private static ProcessBuilder withEnvironment(ProcessBuilder builder) {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PARTD_BUILD", "never");
        builder.environment().put("PARTD_PREPARE", "never");
        builder.environment().put("PARTD_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return builder;
    }

    /** The first run on a JDK archives its classes, which is worth waiting for. */
    private static final class First {
        static {
            ProcessBuilder first =
                    withEnvironment(new ProcessBuilder(ROOT.resolve("partd").toString(), "--version"));
            first.environment().put("PARTD_PREPARE", "now");
            try {
                assertEquals(
                        0,
                        first.redirectError(Redirect.INHERIT)
                                .redirectOutput(Redirect.DISCARD)
                                .start()
                                .waitFor());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Returns when it has been. */
        static void await() {}
    }

    public static Result finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        Path err = Files.createTempFile("partd", ".err");
        Thread errors = new Thread(() -> copy(process.getErrorStream(), err));
        errors.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the command does not end");
        errors.join();
        String text = Files.readString(err);
        Files.delete(err);
        return new Result(process.exitValue(), out, text);
    }

    private static void copy(InputStream from, Path to) {
        try (from) {
            Files.write(to, from.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Runs a command with a file as standard input. */
    public static Result runWithInput(File input, Object... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).redirectInput(input).start();
        return finish(process);
    }
}
