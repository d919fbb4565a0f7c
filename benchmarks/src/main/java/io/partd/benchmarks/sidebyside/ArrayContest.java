package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.ByteSums;
import io.partd.benchmarks.data.DoubleArrays;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ArrayPeer;
import io.partd.benchmarks.peers.ByteArrays;
import io.partd.benchmarks.peers.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** W4: arrays of doubles, one for each of 8 keys in an append, then a get of each key as one array. */
final class ArrayContest implements PeerRun {
    private static final List<String> KEYS = DoubleArrays.KEYS;

    private final Sizes sizes;
    private final ArrayPeer peer;
    private List<Map<String, double[]>> batches;

    ArrayContest(Task task) {
        this.sizes = task.sizes();
        this.peer = Peer.of(task).arrays();
    }

    @Override
    public void prepare() {
        batches = DoubleArrays.batches(sizes);
    }

    @Override
    public void open(Path directory) throws Exception {
        peer.open(directory);
    }

    @Override
    public List<Phase> phases() {
        long bytes = sizes.tables().arrayBytes();
        return List.of(new Phase("write", bytes, 0, this::write), new Phase("read", bytes, 0, this::read));
    }

    private long write() throws Exception {
        int appends = sizes.tables().arrayAppends();
        for (int i = 0; i < appends; i++) peer.append(batches.get(i % batches.size()));
        peer.settle();
        return sizes.tables().arrayBytes();
    }

    private long read() throws Exception {
        long bytes = 0;
        for (String key : KEYS) bytes += (long) peer.get(key).length * Double.BYTES;
        return bytes;
    }

    @Override
    public String check() throws Exception {
        ByteSums sums = new ByteSums(ByteSums.WHOLE);
        for (int i = 0; i < KEYS.size(); i++)
            sums.add(i, ByteArrays.bytes(peer.get(KEYS.get(i))).toArray());
        return sums.toString();
    }

    /** What {@link #check} gives when nothing is lost. */
    static String expected(Sizes sizes) {
        List<Map<String, double[]>> batches = DoubleArrays.batches(sizes);
        ByteSums sums = new ByteSums(ByteSums.WHOLE);
        for (int i = 0; i < KEYS.size(); i++) {
            sums.begin(i);
            for (int append = 0; append < sizes.tables().arrayAppends(); append++) {
                sums.append(
                        ByteArrays.bytes(batches.get(append % batches.size()).get(KEYS.get(i))));
            }
            sums.end();
        }
        return sums.toString();
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }
}
