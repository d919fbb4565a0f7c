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
 * A {@link VictimMain}, and what holds its threads: each comes to its point of the same operation, in a store of its
 * own, and then the process is killed. So one process is enough for many stores, and for several points.
 */
final class Victim implements AutoCloseable {
    /** How long all are quiet if one that is held keeps the others waiting. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Operation operation;
    private final List<Point> points;
    private final Process process;
    private final BufferedReader lines;
    private final List<String> threads;
    private final Set<Integer> done = new TreeSet<>();
    private final Set<Integer> stopped = new TreeSet<>();

    /** Starts it, with a thread for each directory, and for each the point that it is to come to. */
    Victim(List<String> java, Operation operation, List<Point> points, List<Path> directories) throws IOException {
        this.operation = operation;
        this.points = points;
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(VictimMain.class.getName(), operation.name()));
        for (int i = 0; i < directories.size(); i++) {
            command.add("" + points.get(i).word());
            command.add(directories.get(i).toString());
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader(StandardCharsets.UTF_8);
        String ready = lines.readLine();
        if (ready == null || !ready.startsWith("ready ")) throw new AssertionError(operation + " says " + ready);
        threads = List.of(ready.substring("ready ".length()).split(" "));
    }

    /** Kills it when all are done, and gives the system calls of the first thread. */
    List<Tracer.Call> killAtEnd() throws IOException, InterruptedException {
        try (Tracer tracer = Tracer.all(threads)) {
            kill(List.of(tracer));
            return tracer.calls();
        }
    }

    /** Kills it when each thread is at its point, or is done. */
    void kill() throws IOException, InterruptedException {
        List<Tracer> tracers = new ArrayList<>();
        try {
            for (Tracer.Call call : calls()) tracers.add(Tracer.stopAt(call, threadsTo(call)));
            kill(tracers);
        } finally {
            tracers.forEach(Tracer::close);
        }
    }

    private List<Tracer.Call> calls() {
        return points.stream()
                .map(Point::call)
                .filter(call -> call != null)
                .distinct()
                .toList();
    }

    private List<String> threadsTo(Tracer.Call call) {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            if (call.equals(points.get(i).call())) held.add(threads.get(i));
        }
        return held;
    }

    /** First the process, or strace would let it go on; but it cannot end while strace holds it. */
    private void kill(List<Tracer> tracers) throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        while (!isSettled() && !isBlocked(tracers)) hear(tracers);
        process.destroyForcibly();
        tracers.forEach(Tracer::close);
        process.waitFor();
    }

    private boolean isSettled() {
        return done.size() + stopped.size() == threads.size();
    }

    /** One that is held while it has a lock of the whole JVM holds the others, too. */
    private boolean isBlocked(List<Tracer> tracers) {
        if (!operation.locksJvm() || stopped.isEmpty()) return false;
        return !tracers.isEmpty() && tracers.stream().allMatch(tracer -> tracer.quietNanos() > QUIET_NANOS);
    }

    private void hear(List<Tracer> tracers) throws IOException, InterruptedException {
        for (Tracer tracer : tracers) {
            tracer.listen();
            for (String thread : tracer.stopped()) stopped.add(threads.indexOf(thread));
        }
        if (tracers.isEmpty() || lines.ready()) hear(lines.readLine());
        stopped.removeAll(done);
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

    /** Whether this thread's operation has returned. */
    boolean isDone(int number) {
        return done.contains(number);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
