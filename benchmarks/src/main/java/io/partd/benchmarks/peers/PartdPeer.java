package io.partd.benchmarks.peers;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.benchmarks.data.StoreKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stores of this project. Nothing has to be settled: an append that has returned is in the page cache. */
final class PartdPeer implements BytePeer<Map<String, Bytes>> {
    private final StoreKind kind;
    private Partd<Bytes> store;

    PartdPeer(StoreKind kind) {
        this.kind = kind;
    }

    @Override
    public Map<String, Bytes> batch(Map<String, Bytes> values) {
        return values;
    }

    @Override
    public void open(Path directory, List<String> keys, long memoryLimit) {
        store = kind.open(directory, memoryLimit);
    }

    @Override
    public void append(Map<String, Bytes> batch) {
        store.append(batch);
    }

    @Override
    public void settle() {}

    @Override
    public byte[] get(String key) {
        return store.get(key).toArray();
    }

    @Override
    public void close() {
        if (store == null) return;
        store.drop(); // else a buffer writes all that it holds to the disk when it is closed
        store.close();
        store = null;
    }
}
