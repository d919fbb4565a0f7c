package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How much memory a workload takes at most: a JVM of its own runs it once, and the memory of that JVM is looked at
 * every 10 ms. That is all memory of the process but mapped files: heap, direct buffers, what Arrow allocates, and the
 * JVM.
 */
final class PeakMemory {
    private static final List<String> FLAGS =
            List.of("-Xmx256m", "-XX:MaxDirectMemorySize=512m", "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private static final Path PROCESSES = Path.of("/proc");

    private PeakMemory() {}

    /** Measures one of the workloads of {@link ArrowRun}. */
    static Figure measure(String name, String workload, RunOptions options) throws IOException, InterruptedException {
        if (!Files.exists(PROCESSES.resolve("self/status"))) return new Figure(name, name + ": not measured here", -1);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ArrowRun.class.getName()));
        command.addAll(List.of("-w", "0", "-r", "1", "-f", "^" + Pattern.quote(workload) + "$"));
        command.addAll(List.of("-d", options.directory().toString(), "-s", options.size()));
        long peak = run(command) >> 20;
        String text = String.format(
                "%s: at most %d MiB of memory, mapped files aside, in a JVM of its own that writes and gets (%s), with %s",
                name, peak, workload, String.join(" ", FLAGS.subList(0, 2)));
        return new Figure(name, text, Map.of("peakMiB", peak, "workload", workload, "flags", String.join(" ", FLAGS)));
    }

    private static long run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("partd-benchmark-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            long peak = 0;
            do peak = Math.max(peak, anonymous(process.pid()));
            while (!process.waitFor(10, TimeUnit.MILLISECONDS));
            if (process.exitValue() != 0) throw new IOException("measuring memory failed:\n" + Files.readString(log));
            return peak;
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    /** The bytes of memory that a process has and that no file backs; 0 where it has just ended. */
    private static long anonymous(long pid) throws IOException {
        Path status = PROCESSES.resolve(pid + "/status");
        List<String> lines;
        try {
            lines = Files.readAllLines(status);
        } catch (IOException e) {
            if (Files.exists(status)) throw e;
            return 0;
        }
        return lines.stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }
}
