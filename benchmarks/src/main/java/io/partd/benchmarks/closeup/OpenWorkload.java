package io.partd.benchmarks.closeup;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import java.io.IOException;
import java.nio.file.Path;

/** Opening a store of many chunks whose segments have footers, up to the first value that is read. */
final class OpenWorkload implements Workload {
    private final RunContext setting;
    private Path directory;
    private FilePartd store;

    OpenWorkload(RunContext setting) {
        this.setting = setting;
    }

    @Override
    public String name() {
        return "c open " + setting.sizes().openChunks() + " chunks";
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void prepare() throws IOException {
        directory = Directories.create(setting);
        try (FilePartd full = Partds.file(directory)) {
            ManyChunks.append(full, setting.sizes().openChunks());
        }
    }

    @Override
    public long run() {
        store = Partds.file(directory);
        Bytes value = store.get(ManyChunks.KEY);
        return value.size();
    }

    @Override
    public void clean() throws IOException {
        if (store != null) store.close();
        store = null;
        Directories.delete(directory);
    }
}
