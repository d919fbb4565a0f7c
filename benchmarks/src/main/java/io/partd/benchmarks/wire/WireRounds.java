package io.partd.benchmarks.wire;

import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What rounds of appending and getting took: seconds of each round, shortest first, and the processor time of a round
 * in seconds.
 */
record WireRounds(double[] append, double appendCpu, double[] get, double getCpu) {
    /**
     * Lets all clients append, get and drop in each round. Before it, as many bytes as they append are written and
     * deleted again in the directory, so that the memory for the server's files is there.
     *
     * @param warm rounds that are not counted
     */
    static WireRounds measure(
            WireProcess server, List<WireProcess> clients, int warm, int rounds, Path directory, long bytes)
            throws IOException {
        List<WireProcess> all = new ArrayList<>(clients);
        all.add(server);
        double[] append = new double[rounds];
        double[] get = new double[rounds];
        double appendCpu = 0;
        double getCpu = 0;
        for (int round = -warm; round < rounds; round++) {
            PlainFiles.warmMemory(directory, bytes);
            double begun = cpu(all);
            double appended = time(clients, "append");
            double half = cpu(all);
            double got = time(clients, "get");
            double ended = cpu(all);
            time(clients, "drop");
            if (round < 0) continue;
            append[round] = appended;
            get[round] = got;
            appendCpu += (half - begun) / rounds;
            getCpu += (ended - half) / rounds;
        }
        Arrays.sort(append);
        Arrays.sort(get);
        return new WireRounds(append, appendCpu, get, getCpu);
    }

    /** The processor time that these processes have used, in seconds. */
    private static double cpu(List<WireProcess> processes) {
        return processes.stream().mapToDouble(WireProcess::cpu).sum();
    }

    /** The seconds from the word to all of them until the last is done. */
    private static double time(List<WireProcess> clients, String what) throws IOException {
        long start = System.nanoTime();
        for (WireProcess each : clients) each.say(what);
        for (WireProcess each : clients) each.hear();
        return (System.nanoTime() - start) * 1e-9;
    }

    static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
