package io.partd.benchmarks.peers;

import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import java.nio.file.Path;
import java.util.Map;

/** This project's store of arrays, over a file store. */
final class PartdArrays implements ArrayPeer {
    private ArrayPartd<double[]> store;

    @Override
    public void open(Path directory) {
        store = ArrayPartd.over(double[].class, Partds.file(directory));
    }

    @Override
    public void append(Map<String, double[]> batch) {
        store.append(batch);
    }

    @Override
    public void settle() {}

    @Override
    public double[] get(String key) {
        return store.get(key);
    }

    @Override
    public void close() {
        if (store != null) store.close();
        store = null;
    }
}
