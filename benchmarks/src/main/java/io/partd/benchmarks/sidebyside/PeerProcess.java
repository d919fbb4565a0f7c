package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs a peer, while its memory and that of its children is looked at every 10 ms.
 *
 * @param output what it has said
 * @param resident the most bytes of memory that it had, mapped files included
 * @param anonymous the same without what files back
 * @param failure why it has not run to its end; empty where it has
 */
record PeerProcess(PeerOutput output, long resident, long anonymous, String failure) {
    private static final int FAILURE_LINES = 40;

    /** @param directory where its output goes meanwhile */
    static PeerProcess run(List<String> command, Path directory, Duration limit)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            long end = System.nanoTime() + limit.toNanos();
            ProcessMemory peak = watch(process, end);
            boolean late = System.nanoTime() > end;
            PeerOutput output = new PeerOutput();
            for (String line : Files.readAllLines(out)) output.add(line);
            String failure = late ? "took more than " + limit.toSeconds() + " s" : failure(process, output, err);
            return new PeerProcess(output, peak.resident(), peak.anonymous(), failure);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static ProcessMemory watch(Process process, long end) throws IOException, InterruptedException {
        ProcessMemory peak = ProcessMemory.NONE;
        try {
            do {
                ProcessMemory now = memory(process.toHandle());
                peak = new ProcessMemory(
                        Math.max(peak.resident(), now.resident()), Math.max(peak.anonymous(), now.anonymous()));
            } while (!process.waitFor(10, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
            return peak;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static ProcessMemory memory(ProcessHandle process) throws IOException {
        ProcessMemory sum = ProcessMemory.of(process.pid());
        for (ProcessHandle child : process.descendants().toList()) sum = sum.plus(ProcessMemory.of(child.pid()));
        return sum;
    }

    /** A sentence that says most, and the last lines of its errors. */
    private static String failure(Process process, PeerOutput output, Path err) throws IOException {
        if (process.exitValue() == 0 && output.done) return "";
        List<String> lines = Files.readAllLines(err);
        String cause = lines.stream()
                .filter(line -> line.matches("(Exception in thread|Caused by:|\\w*Error: ).*"))
                .reduce((first, second) -> second)
                .orElse("it said no more");
        List<String> last = lines.subList(Math.max(0, lines.size() - FAILURE_LINES), lines.size());
        return "exit code " + process.exitValue() + ", " + cause + "\n" + String.join("\n", last);
    }
}
