package io.partd.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A {@link VictimMain}, and what holds its threads: all of them come to the same point of the same operation, each in a
 * store of its own, and then the process is killed. So one process is enough for many stores.
 */
final class Victim implements AutoCloseable {
    /** How long all are quiet if one that is held keeps the others waiting. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Operation operation;
    private final Process process;
    private final BufferedReader lines;
    private final List<String> threads;
    private final Set<Integer> done = new TreeSet<>();
    private final Set<Integer> stopped = new TreeSet<>();

    /** Starts it; {@code word} is the number of the store to a control word at which its threads stop, or 0. */
    Victim(List<String> java, Operation operation, int word, List<Path> directories) throws IOException {
        this.operation = operation;
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(VictimMain.class.getName(), operation.name(), "" + word));
        for (Path directory : directories) command.add(directory.toString());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader(StandardCharsets.UTF_8);
        String ready = lines.readLine();
        if (ready == null || !ready.startsWith("ready ")) throw new AssertionError(operation + " says " + ready);
        threads = List.of(ready.substring("ready ".length()).split(" "));
    }

    /** Kills it when each thread has come to its store to a control word, or is done. */
    void killAtWord() throws IOException, InterruptedException {
        begin();
        while (!isSettled()) hear(lines.readLine());
        process.destroyForcibly().waitFor();
    }

    /** Kills it when all are done, and gives the system calls of the first thread. */
    List<Tracer.Call> killAtEnd() throws IOException, InterruptedException {
        try (Tracer tracer = Tracer.all(threads)) {
            begin();
            while (!isSettled()) hear(tracer);
            kill(tracer);
            return tracer.calls();
        }
    }

    /** Kills it when each thread is about to make the call, or is done. */
    void killAtCall(Tracer.Call call) throws IOException, InterruptedException {
        try (Tracer tracer = Tracer.stopAt(call, threads)) {
            begin();
            while (!isSettled() && !isBlocked(tracer)) {
                hear(tracer);
                stopped.addAll(tracer.threadsAt(call.number()));
                stopped.removeAll(done);
            }
            kill(tracer);
        }
    }

    private void begin() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private boolean isSettled() {
        return done.size() + stopped.size() == threads.size();
    }

    /** One that is held while it has a lock of the whole JVM holds the others, too. */
    private boolean isBlocked(Tracer tracer) {
        return operation.locksJvm() && !stopped.isEmpty() && tracer.quietNanos() > QUIET_NANOS;
    }

    private void hear(Tracer tracer) throws IOException, InterruptedException {
        tracer.listen();
        if (lines.ready()) hear(lines.readLine());
    }

    private void hear(String line) {
        if (line == null) throw new AssertionError("the process ended by itself");
        String[] words = line.split(" ");
        switch (words[0]) {
            case "done" -> done.add(Integer.valueOf(words[1]));
            case "stopped" -> stopped.add(Integer.valueOf(words[1]));
            default -> throw new AssertionError(line);
        }
    }

    /** First the process, or strace would let it go on; but it cannot end while strace holds it. */
    private void kill(Tracer tracer) throws InterruptedException {
        process.destroyForcibly();
        tracer.close();
        process.waitFor();
    }

    /** Whether this thread's operation has returned. */
    boolean isDone(int number) {
        return done.contains(number);
    }

    boolean anyDone() {
        return !done.isEmpty();
    }

    boolean allDone() {
        return done.size() == threads.size();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
