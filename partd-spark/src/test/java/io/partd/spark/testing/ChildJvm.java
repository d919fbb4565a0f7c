package io.partd.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A JVM of its own, in which Spark may start executors. To be closed: then it and they are gone. */
public final class ChildJvm implements AutoCloseable {
    /** What lets a JVM start soon that loads thousands of classes and runs for seconds. */
    static final List<String> QUICK_START = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    private static final int MAX_MINUTES = 10;

    private final Process process;
    private final Path output;

    /** Starts a class; what it prints goes to a file in the directory, which has Spark's home too. */
    public ChildJvm(Path directory, Class<?> main, List<String> arguments) throws IOException {
        this(directory, System.getProperty("java.class.path"), main, arguments);
    }

    /** The same with another class path. */
    public ChildJvm(Path directory, String classPath, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_START);
        command.addAll(List.of("-Xmx600m", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-Dio.netty.noUnsafe=false"));
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // what executors take for Spark's installation; its jars are on their class path
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("jars"));
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.directory(directory.toFile());
        output = Files.createTempFile(directory, "output", ".txt");
        process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Waits until it ends, which it has to with one of these codes. */
    public int exitCode(Integer... expected) throws InterruptedException {
        assertTrue(process.waitFor(MAX_MINUTES, TimeUnit.MINUTES), () -> "still running: " + output());
        int code = process.exitValue();
        assertTrue(List.of(expected).contains(code), () -> "exit code " + code + ": " + output());
        return code;
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
