package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import java.io.IOException;
import java.nio.file.Path;

/** What plain files allow: the same bytes, without keys, index or checksums. */
abstract class FileLimit implements Workload {
    final RunContext setting;
    final long bytes;
    Path directory;

    FileLimit(RunContext setting, long bytes) {
        this.setting = setting;
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void prepare() throws IOException {
        directory = Directories.create(setting);
    }

    @Override
    public void clean() throws IOException {
        Directories.delete(directory);
    }
}
