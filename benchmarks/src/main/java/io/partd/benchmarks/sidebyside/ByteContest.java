package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.ByteSums;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ByteStore;
import io.partd.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.List;

/** W1 and W2: appends to many keys, then a get of each as an array. */
final class ByteContest implements PeerRun {
    private final Sizes sizes;
    private final ByteStore<?> store;

    ByteContest(Task task, Shape shape) {
        this.sizes = task.sizes();
        this.store = new ByteStore<>(Peer.of(task).bytes(), shape, sizes);
    }

    @Override
    public void prepare() {
        store.prepare();
    }

    @Override
    public void open(Path directory) throws Exception {
        store.open(directory);
    }

    @Override
    public List<Phase> phases() {
        long bytes = store.bytes();
        return List.of(new Phase("write", bytes, 0, this::write), new Phase("read", bytes, 0, store::read));
    }

    private long write() throws Exception {
        long bytes = store.append(0, 1);
        store.settle();
        return bytes;
    }

    @Override
    public String check() throws Exception {
        return store.check(ByteSums.WHOLE);
    }

    @Override
    public void close() throws Exception {
        store.close();
    }
}
