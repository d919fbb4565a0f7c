package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Machine;
import io.partd.benchmarks.common.ProcessMemory;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has a peer run a workload some times, each in a new directory, and says line by line how long that took: the first
 * time in a JVM that has just begun. The words that begin a line are those of {@link PeerOutput}.
 */
public final class PeerMain {
    /** How often the work runs, unless the task says less, or it is slow. */
    private static final int MINIMUM = 3;

    private static final int MAXIMUM = 20;
    /** Work that has taken so many times the seconds of the task is warm enough. */
    private static final int SLOW = 4;

    private PeerMain() {}

    /** Runs; the arguments are a {@link Task}. */
    public static void main(String[] args) throws Exception {
        Task task = Task.parse(args);
        PeerRun contest = Contests.of(task);
        contest.prepare();
        System.gc();
        say(PeerOutput.BEFORE, ProcessMemory.ofThis().anonymous());
        int maximum = task.number("maximum", MAXIMUM);
        long start = System.nanoTime();
        long enough = task.number("seconds", 0) * 1_000_000_000L;
        boolean last = false;
        for (int i = 0; !last; i++) {
            long spent = System.nanoTime() - start;
            boolean isWarm = i >= MINIMUM - 1 ? spent > enough : i > 0 && spent > SLOW * enough;
            last = i == maximum - 1 || isWarm;
            run(task, contest, i, last);
        }
        say(PeerOutput.DONE);
        System.exit(0); // RocksDB and DuckDB may have threads of their own
    }

    private static void run(Task task, PeerRun contest, int iteration, boolean last) throws Exception {
        Path directory = Directories.create(task.directory());
        try {
            Path store = Files.createDirectory(directory.resolve("store"));
            contest.open(store);
            List<Phase> phases = contest.phases();
            if (iteration == 0) PlainFiles.warmMemory(store, phases.get(0).bytes());
            for (Phase phase : phases) time(iteration, phase);
            say(PeerOutput.DISK, size(store));
            if (last) say(PeerOutput.CHECK, contest.check());
        } finally {
            contest.close();
            System.gc(); // garbage keeps deleted files mapped
            Directories.delete(directory);
        }
    }

    private static void time(int iteration, Phase phase) throws Exception {
        System.gc();
        long processor = Machine.processorTime();
        long nanos = phase.time();
        processor = Machine.processorTime() - processor;
        say(PeerOutput.PHASE, iteration, phase.name(), nanos, processor, phase.bytes(), phase.rows());
    }

    private static void say(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) line.append(line.isEmpty() ? "" : " ").append(word);
        System.out.println(line);
    }

    /** The bytes of all files in a directory. */
    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
