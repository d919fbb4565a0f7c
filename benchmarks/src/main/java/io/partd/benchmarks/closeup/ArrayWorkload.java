package io.partd.benchmarks.closeup;

import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Appending arrays to a file store, one to each of 8 keys at a time, or a get of each key. */
public final class ArrayWorkload implements Workload {
    private final RunContext setting;
    private final boolean gets;
    private List<Map<String, double[]>> batches;
    private ArrayPartd<double[]> store;
    private Path directory;

    ArrayWorkload(RunContext setting, boolean gets) {
        this.setting = setting;
        this.gets = gets;
    }

    @Override
    public String name() {
        return "a " + (gets ? "get" : "append") + " arrays of doubles";
    }

    @Override
    public String limit() {
        return gets ? PlainRead.NAME : PlainWrite.NAME;
    }

    @Override
    public long bytes() {
        return setting.sizes().tables().arrayBytes();
    }

    @Override
    public void prepare() throws IOException {
        if (batches == null) batches = batches(setting.sizes());
        directory = Directories.create(setting);
        store = ArrayPartd.over(double[].class, Partds.file(directory));
        if (gets) append();
        else PlainFiles.warmMemory(directory, bytes());
    }

    /** The appends, of which there may be more: then they begin again. */
    public static List<Map<String, double[]>> batches(Sizes sizes) {
        Random random = new Random(4);
        int length = sizes.tables().arrayLength();
        int made = Math.max(1, sizes.sourceBytes() / (TableSizes.ARRAY_KEYS * length * Double.BYTES));
        List<Map<String, double[]>> batches = new ArrayList<>();
        while (batches.size() < made) batches.add(batch(random, length));
        return batches;
    }

    private static Map<String, double[]> batch(Random random, int length) {
        Map<String, double[]> batch = new LinkedHashMap<>();
        for (String key : keys()) batch.put(key, random.doubles(length).toArray());
        return batch;
    }

    private static List<String> keys() {
        return Sources.keys(TableSizes.ARRAY_KEYS);
    }

    @Override
    public long run() {
        return gets ? get() : append();
    }

    private long append() {
        int appends = setting.sizes().tables().arrayAppends();
        for (int i = 0; i < appends; i++) store.append(batches.get(i % batches.size()));
        return bytes();
    }

    private long get() {
        long bytes = 0;
        for (String key : keys()) bytes += (long) store.get(key).length * Double.BYTES;
        return bytes;
    }

    @Override
    public void clean() throws IOException {
        if (store != null) store.close();
        store = null;
        Directories.delete(directory);
    }
}
