package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ByteStore;
import io.partd.benchmarks.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** W8: the appends of W2, shared among several threads, or among several processes that write to one store. */
final class WriterContest implements PeerRun {
    private final Task task;
    private final Sizes sizes;
    private final int threads;
    private final int processes;
    private final ByteStore<?> store;
    private final List<WriterProcess> writers = new ArrayList<>();

    WriterContest(Task task) {
        this.task = task;
        this.sizes = task.sizes();
        this.threads = task.number("threads", 1);
        this.processes = task.number("processes", 0);
        this.store = new ByteStore<>(Peer.of(task).bytes(), Shape.HEAP, sizes);
    }

    @Override
    public void prepare() {
        if (processes == 0) store.prepare();
    }

    @Override
    public void open(Path directory) throws Exception {
        store.open(directory);
        for (int i = 0; i < processes; i++) writers.add(WriterProcess.start(task, directory, i, processes));
        for (WriterProcess writer : writers) writer.awaitReady();
    }

    @Override
    public List<Phase> phases() {
        return List.of(new Phase("write", store.bytes(), 0, processes == 0 ? this::byThreads : this::byProcesses));
    }

    private long byThreads() throws Exception {
        long bytes = Parallel.sum(threads, thread -> store.append(thread, threads));
        store.settle();
        return bytes;
    }

    private long byProcesses() throws IOException {
        for (WriterProcess writer : writers) writer.go();
        long bytes = 0;
        for (WriterProcess writer : writers) bytes += writer.awaitBytes();
        return bytes;
    }

    @Override
    public String check() throws Exception {
        return store.check(sizes.chunkBytes());
    }

    @Override
    public void close() throws Exception {
        for (WriterProcess writer : writers) writer.close();
        writers.clear();
        store.close();
    }
}
