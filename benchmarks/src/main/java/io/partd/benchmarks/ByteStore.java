package io.partd.benchmarks;

import io.partd.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A peer, with what is appended to it. */
final class ByteStore<B> {
    private final BytePeer<B> peer;
    private final Shape shape;
    private final Sizes sizes;
    private final List<String> keys;
    private List<B> batches;

    ByteStore(BytePeer<B> peer, Shape shape, Sizes sizes) {
        this.peer = peer;
        this.shape = shape;
        this.sizes = sizes;
        this.keys = Sources.keys(shape.keys());
    }

    void prepare() {
        batches = shape.batches(new Sources(sizes)).stream().map(peer::batch).toList();
    }

    void open(Path directory) throws Exception {
        peer.open(directory, keys, shape.bufferLimit(sizes));
    }

    long bytes() {
        return shape.total(sizes, StoreKind.FILE);
    }

    private int appends() {
        return shape.appends(sizes, StoreKind.FILE);
    }

    /** Makes every so many-th of all appends; gives the number of bytes. */
    long append(int first, int step) throws Exception {
        long count = 0;
        for (int i = first; i < appends(); i += step, count++) peer.append(batches.get(i % batches.size()));
        return count * (bytes() / appends());
    }

    void settle() throws Exception {
        peer.settle();
    }

    /** Gets every key, one by one; gives the number of bytes. */
    long read() throws Exception {
        long bytes = 0;
        for (String key : keys) bytes += peer.get(key).length;
        return bytes;
    }

    /** Sums over all values, each cut into blocks of so many bytes, which may come in any order. */
    String check(int block) throws Exception {
        ByteSums sums = new ByteSums(block);
        for (int i = 0; i < keys.size(); i++) sums.add(i, peer.get(keys.get(i)));
        return sums.toString();
    }

    /** What {@link #check} gives when nothing is lost. */
    static String expected(Sizes sizes, Shape shape, int block) {
        List<Map<String, Bytes>> batches = shape.batches(new Sources(sizes));
        int appends = shape.appends(sizes, StoreKind.FILE);
        List<String> keys = Sources.keys(shape.keys());
        ByteSums sums = new ByteSums(block);
        for (int i = 0; i < keys.size(); i++) {
            sums.begin(i);
            for (int append = 0; append < appends; append++) {
                Bytes value = batches.get(append % batches.size()).get(keys.get(i));
                if (value != null) sums.append(value);
            }
            sums.end();
        }
        return sums.toString();
    }

    void close() throws Exception {
        peer.close();
    }
}
