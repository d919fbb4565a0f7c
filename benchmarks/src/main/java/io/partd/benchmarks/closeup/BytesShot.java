package io.partd.benchmarks.closeup;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.Form;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.data.StoreKind;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A store of bytes that is made anew for each iteration. */
public abstract class BytesShot extends Shot {
    private StoreKind kind;
    private Shape shape;
    private List<Map<String, Bytes>> batches;
    private Partd<Bytes> partd;

    final void open(StoreKind newKind, Shape newShape) {
        kind = newKind;
        shape = newShape;
        if (batches == null) batches = shape.batches(context.sources());
        partd = kind.open(own, shape.bufferLimit(context.sizes()));
    }

    /** The system has memory for what is appended. */
    final void warmMemory() throws IOException {
        if (kind != StoreKind.DICT) PlainFiles.warmMemory(own, bytes());
    }

    @Override
    long bytes() {
        return shape.total(context.sizes(), kind);
    }

    /** Makes all appends; gives the number of bytes. */
    final long append(int threads) throws Exception {
        return count(Parallel.sum(threads, thread -> append(thread, threads)));
    }

    private long append(int first, int step) {
        int appends = shape.appends(context.sizes(), kind);
        for (int i = first; i < appends; i += step) partd.append(batches.get(i % batches.size()));
        return bytes() / step;
    }

    /** Gets every key, one by one. */
    final long get(Form form) {
        long bytes = 0;
        for (String key : Sources.keys(shape.keys())) bytes += form.read(partd.get(key));
        return count(bytes);
    }

    @Override
    void close() {
        partd.drop(); // else a buffer writes all that it holds to the disk when it is closed
        partd.close();
    }
}
