package io.partd.benchmarks.peers;

import io.partd.Bytes;
import io.partd.benchmarks.data.ByteSums;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.data.StoreKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A peer, with what is appended to it. */
public final class ByteStore<B> {
    private final BytePeer<B> peer;
    private final Shape shape;
    private final Sizes sizes;
    private final List<String> keys;
    private List<B> batches;

    public ByteStore(BytePeer<B> peer, Shape shape, Sizes sizes) {
        this.peer = peer;
        this.shape = shape;
        this.sizes = sizes;
        this.keys = Sources.keys(shape.keys());
    }

    public void prepare() {
        batches = shape.batches(new Sources(sizes)).stream().map(peer::batch).toList();
    }

    public void open(Path directory) throws Exception {
        peer.open(directory, keys, shape.bufferLimit(sizes));
    }

    public long bytes() {
        return shape.total(sizes, StoreKind.FILE);
    }

    private int appends() {
        return shape.appends(sizes, StoreKind.FILE);
    }

    /** Makes every so many-th of all appends; gives the number of bytes. */
    public long append(int first, int step) throws Exception {
        long count = 0;
        for (int i = first; i < appends(); i += step, count++) peer.append(batches.get(i % batches.size()));
        return count * (bytes() / appends());
    }

    public void settle() throws Exception {
        peer.settle();
    }

    /** Gets every key, one by one; gives the number of bytes. */
    public long read() throws Exception {
        long bytes = 0;
        for (String key : keys) bytes += peer.get(key).length;
        return bytes;
    }

    /** Sums over all values, each cut into blocks of so many bytes, which may come in any order. */
    public String check(int block) throws Exception {
        ByteSums sums = new ByteSums(block);
        for (int i = 0; i < keys.size(); i++) sums.add(i, peer.get(keys.get(i)));
        return sums.toString();
    }

    /** What {@link #check} gives when nothing is lost. */
    public static String expected(Sizes sizes, Shape shape, int block) {
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

    public void close() throws Exception {
        peer.close();
    }
}
