package io.partd.spark;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Maintenance;
import io.partd.spark.testing.DyingJob;
import io.partd.spark.testing.DyingJob.Death;
import io.partd.spark.testing.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Drivers and executors that die: what a job has written counts once, or not at all. */
@Tag("slow")
final class ProcessDeathsTest {
    private static final String ONCE =
            "[" + DyingJob.ROWS + "," + (DyingJob.ROWS - 1L) * DyingJob.ROWS / 2 + "," + DyingJob.ROWS + "]";
    private static final int MAX_MINUTES = 5;

    @TempDir
    Path directory;

    @Test
    void aDriverThatDiesAndIsRunAgainHasWrittenOnce() throws Exception {
        assertEquals(DyingJob.DIED, run("local[2]", Death.IN_TASK));
        assertTrue(Files.notExists(directory.resolve("store")) || !isStore(), "nothing is there before the commit");
        assertEquals(DyingJob.DIED, run("local[2]", Death.AFTER_COMMIT));
        assertEquals(ONCE, sums());
        assertEquals(0, run("local[2]", Death.NONE));
        assertEquals(ONCE, sums());
        requireOnlyTheCommitted();
    }

    @Test
    void anExecutorThatDiesIsReplaced() throws Exception {
        assertEquals(0, run("local-cluster[2,1,700]", Death.IN_TASK));
        assertEquals(ONCE, sums());
        requireOnlyTheCommitted();
    }

    private boolean isStore() {
        return HadoopPartd.exists(directory.resolve("store").toUri(), new Configuration());
    }

    private String sums() {
        return new Stores(directory)
                .read("store")
                .selectExpr("count(*)", "sum(id)", "count(DISTINCT id)")
                .first()
                .toString();
    }

    private void requireOnlyTheCommitted() {
        Maintenance.vacuum(directory.resolve("store").toUri(), new Configuration(), Duration.ZERO);
        assertEquals(4, new Stores(directory).segments("store").size());
        assertEquals(ONCE, sums());
    }

    private int run(String master, Death death) throws Exception {
        String classPath = System.getProperty("java.class.path");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dio.netty.noUnsafe=false",
                "-cp",
                classPath,
                DyingJob.class.getName(),
                master,
                directory.resolve("store").toString(),
                "the job",
                death.name(),
                classPath);
        builder.environment().put("SPARK_HOME", home(classPath).toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.directory(directory.toFile());
        File output = directory.resolve("output.txt").toFile();
        Process process =
                builder.redirectErrorStream(true).redirectOutput(output).start();
        try {
            assertTrue(process.waitFor(MAX_MINUTES, TimeUnit.MINUTES), () -> "still running: " + text(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        boolean expected = process.exitValue() == 0 || process.exitValue() == DyingJob.DIED;
        assertTrue(expected, () -> "exit code " + process.exitValue() + ": " + text(output));
        return process.exitValue();
    }

    private static String text(File output) {
        try {
            return Files.readString(output.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What executors take for Spark's installation: a directory with its jars. */
    private Path home(String classPath) throws IOException {
        Path jars = Files.createDirectories(directory.resolve("home").resolve("jars"));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            Path link = jars.resolve(jar.getFileName());
            if (entry.endsWith(".jar") && Files.notExists(link)) Files.createSymbolicLink(link, jar);
        }
        return jars.getParent();
    }
}
