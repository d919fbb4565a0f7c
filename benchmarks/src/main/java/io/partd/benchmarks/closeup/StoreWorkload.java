package io.partd.benchmarks.closeup;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.StoreKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A workload on a store that is made anew for each run. */
abstract class StoreWorkload implements Workload {
    final RunContext setting;
    final StoreKind kind;
    final Shape shape;
    Partd<Bytes> store;
    Path directory;
    private List<Map<String, Bytes>> batches;

    StoreWorkload(RunContext setting, StoreKind kind, Shape shape) {
        this.setting = setting;
        this.kind = kind;
        this.shape = shape;
    }

    @Override
    public long bytes() {
        return shape.total(setting.sizes(), kind);
    }

    @Override
    public void prepare() throws IOException {
        if (batches == null) batches = shape.batches(setting.sources());
        directory = Directories.create(setting);
        store = kind.open(directory, shape.bufferLimit(setting.sizes()));
    }

    /** Makes every so many-th of all appends; gives the number of bytes. */
    long append(int first, int step) {
        int appends = shape.appends(setting.sizes(), kind);
        for (int i = first; i < appends; i += step) store.append(batches.get(i % batches.size()));
        return bytes() / step;
    }

    @Override
    public void clean() throws IOException {
        if (store != null) {
            store.drop(); // else a buffer writes all that it holds to the disk when it is closed
            store.close();
        }
        store = null;
        Directories.delete(directory);
    }
}
