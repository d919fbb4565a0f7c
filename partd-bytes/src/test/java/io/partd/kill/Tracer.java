package io.partd.kill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strace of some threads of another process. It may hold each of them as it enters its so-manieth system call of one
 * name: if the process is killed then, the call is not made.
 */
final class Tracer implements AutoCloseable {
    /** The system calls that change files, or tell others who is alive. */
    private static final String CALLS = "openat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,rename,renameat,"
            + "renameat2,unlink,unlinkat,ftruncate,fallocate,mkdir,mkdirat,link,linkat,copy_file_range,fcntl";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern CALL = Pattern.compile("(?m)^(?:\\[pid +(\\d+)] )?([a-z0-9]+)\\(");

    private final List<String> threads;
    /** The number of the call that threads are held at, or 0. */
    private final int number;

    private final Process process;
    private final StringBuilder trace = new StringBuilder();
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private long heard = System.nanoTime();

    /** A system call: the so-manieth of its name in an operation, and how it was made. */
    record Call(String name, int number, String line) {
        /** Whether the files may be others here than at the call that follows. */
        boolean isChange() {
            return switch (name) {
                case "openat" -> line.contains("O_CREAT");
                case "fcntl" -> isLock();
                default -> true;
            };
        }

        boolean isLock() {
            return line.contains("F_SETLK");
        }

        @Override
        public String toString() {
            return name + " " + number + ": " + line;
        }
    }

    private Tracer(int number, List<String> threads, String... what) throws IOException, InterruptedException {
        this.number = number;
        this.threads = threads;
        List<String> command = new ArrayList<>(List.of("strace"));
        command.addAll(List.of(what));
        for (String thread : threads) command.addAll(List.of("-p", thread));
        process = new ProcessBuilder(command).start();
        while (trace.toString().split("attached", -1).length <= threads.size()) listen();
    }

    /** Writes down what the threads do. */
    static Tracer all(List<String> threads) throws IOException, InterruptedException {
        return new Tracer(0, threads, "-e", "trace=" + CALLS);
    }

    /** Holds each thread as it enters that call; strace counts the calls of each name and thread. */
    static Tracer stopAt(Call call, List<String> threads) throws IOException, InterruptedException {
        String stop = "inject=" + call.name() + ":delay_enter=600000000:when=" + call.number();
        return new Tracer(call.number(), threads, "-e", "trace=" + call.name(), "-e", stop);
    }

    /** Takes in what strace has said; waits a little where there is nothing. */
    void listen() throws IOException, InterruptedException {
        InputStream traced = process.getErrorStream();
        int available = traced.available();
        if (available > 0) {
            trace.append(new String(traced.readNBytes(available), StandardCharsets.ISO_8859_1));
            heard = System.nanoTime();
            return;
        }
        if (!process.isAlive()) throw new AssertionError("strace ended: " + trace);
        if (System.nanoTime() > deadline) throw new AssertionError("threads do not come to their call: " + trace);
        Thread.sleep(1);
    }

    /** For how long it has said nothing. */
    long quietNanos() {
        return System.nanoTime() - heard;
    }

    /** The threads that are held as they enter their call. */
    Set<String> stopped() {
        int[] entered = new int[threads.size()];
        if (number > 0) for (Matcher call = CALL.matcher(trace); call.find(); ) entered[threadOf(call)]++;
        Set<String> there = new TreeSet<>();
        for (int i = 0; i < entered.length; i++) {
            if (number > 0 && entered[i] == number) there.add(threads.get(i));
        }
        return there;
    }

    /** The thread that makes the call; where one alone is traced, its number is left out. */
    private int threadOf(Matcher call) {
        return call.group(1) == null ? 0 : threads.indexOf(call.group(1));
    }

    /** What the first thread has called. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Matcher call = CALL.matcher(trace); call.find(); ) {
            if (threadOf(call) != 0) continue;
            String line = trace.substring(call.start(2)).split("\n", 2)[0];
            calls.add(new Call(call.group(2), counts.merge(call.group(2), 1, Integer::sum), line));
        }
        return calls;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
