package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.JavaCommand;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ByteStore;
import io.partd.benchmarks.peers.Peer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several processes that append to one store. It makes its data, appends once to a store of its own so that its
 * JVM is warm, says that it is ready, and begins when it is told to.
 */
public final class WriterProcess {
    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;

    private WriterProcess(Process process) {
        this.process = process;
        this.from = process.inputReader(StandardCharsets.UTF_8);
        this.to = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts one; it makes every so many-th append, from the first one on. */
    static WriterProcess start(Task task, Path directory, int first, int step) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.of(WriterProcess.class, List.of("-Xmx1g")));
        command.addAll(task.with("store", directory)
                .with("first", first)
                .with("step", step)
                .arguments());
        return new WriterProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void awaitReady() throws IOException {
        String line = from.readLine();
        if (!READY.equals(line)) throw new IOException("a writing process said " + line + " instead of " + READY);
    }

    void go() throws IOException {
        to.write("go\n");
        to.flush();
    }

    /** Waits until all is appended, and gives the number of bytes. */
    long awaitBytes() throws IOException {
        String line = from.readLine();
        if (line == null) throw new IOException("a writing process ended too soon");
        return Long.parseLong(line);
    }

    void close() throws IOException, InterruptedException {
        to.close();
        process.waitFor();
        from.close();
    }

    /** Appends; the arguments are a {@link Task}. */
    public static void main(String[] args) throws Exception {
        Task task = Task.parse(args);
        ByteStore<?> store = new ByteStore<>(Peer.of(task).bytes(), Shape.HEAP, task.sizes());
        store.prepare();
        warm(store, task);
        store.open(Path.of(task.text("store")));
        System.out.println(READY);
        if (System.in.read() < 0) return; // the other process is gone
        long bytes = store.append(task.number("first", 0), task.number("step", 1));
        store.settle();
        System.out.println(bytes);
        while (System.in.read() >= 0) continue; // what is closed may be removed with all that it holds
        System.exit(0);
    }

    private static void warm(ByteStore<?> store, Task task) throws Exception {
        Path directory = Directories.create(task.directory());
        try {
            store.open(Files.createDirectory(directory.resolve("store")));
            store.append(task.number("first", 0), task.number("step", 1));
        } finally {
            store.close();
            Directories.delete(directory);
        }
    }
}
