package io.partd.testing;

import io.partd.Partd;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM of its own that runs a main class of the tests. Its lines are handed on as they come; it is killed when this is
 * closed.
 */
public final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Thread pump;
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final Thread errorPump;
    /** What whoever was handed a line threw. */
    private volatile Throwable refused;

    private ChildProcess(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.pump = pump(process.inputReader(StandardCharsets.UTF_8), lines);
        this.errorPump = pump(process.errorReader(StandardCharsets.UTF_8), errors::add);
    }

    /** Starts a JVM with the class path of this one. */
    public static ChildProcess start(Class<?> main, Consumer<String> lines, String... arguments) {
        return start(List.of(), main, lines, arguments);
    }

    /** As above, with flags for the JVM that come after, and so win over, the usual ones. */
    public static ChildProcess start(List<String> flags, Class<?> main, Consumer<String> lines, String... arguments) {
        List<String> command = command(flags, main, arguments);
        try {
            return new ChildProcess(String.join(" ", arguments), new ProcessBuilder(command).start(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** The command of a JVM that runs a main class of the tests. */
    public static List<String> command(Class<?> main, String... arguments) {
        return command(List.of(), main, arguments);
    }

    private static List<String> command(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // quick to start, and small: there are many of them
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The class path of this JVM, and where the tests and the module lie when they are not on it. */
    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>(
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        entries.add(root(ChildProcess.class));
        entries.add(root(Partd.class));
        String modules = System.getProperty("jdk.module.path");
        if (modules != null) entries.addAll(List.of(modules.split(File.pathSeparator)));
        return String.join(File.pathSeparator, entries);
    }

    private static String root(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where is " + type + "?", e);
        }
    }

    private Thread pump(BufferedReader reader, Consumer<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (reader) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine())
                            lines.accept(line);
                    } catch (IOException e) {
                        // the pipe of a killed process may break; what it had printed has been read
                        errors.add(e.toString());
                    } catch (RuntimeException | AssertionError e) {
                        refused = e;
                    }
                },
                "lines of a child");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, as {@code kill -9} does, and returns when all that it had printed was handed on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        join();
    }

    /** Waits for its end, which must be a good one. */
    public void joinWell() throws InterruptedException {
        join();
        if (process.exitValue() != 0) throw failure();
    }

    /** Waits for its end, however it comes, and gives its exit code. */
    public int awaitExit() throws InterruptedException {
        join();
        return process.exitValue();
    }

    /** Writes a line to its standard input. */
    public void say(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    public AssertionError failure() {
        return new AssertionError(name + " ended badly:\n" + String.join("\n", errors));
    }

    private void join() throws InterruptedException {
        long patience = Workers.PATIENCE_SECONDS;
        if (!process.waitFor(patience, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " does not end");
        }
        for (Thread thread : List.of(pump, errorPump)) {
            thread.join(TimeUnit.SECONDS.toMillis(patience));
            if (thread.isAlive()) throw new AssertionError("the lines of " + name + " do not end");
        }
        if (refused != null) throw new AssertionError("what " + name + " says is wrong: " + refused, refused);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
