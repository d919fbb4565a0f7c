package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;

/** Reading one file for each key, each into a fresh array. */
final class PlainArrays extends FileLimit {
    static final String NAME = "limit files to arrays";

    PlainArrays(RunContext setting) {
        super(setting, setting.sizes().chunkTotal());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() throws IOException {
        super.prepare();
        for (String key : Sources.keys(Sizes.CHUNK_KEYS)) {
            PlainFiles.write(setting, directory.resolve(key), bytes() / Sizes.CHUNK_KEYS);
        }
    }

    @Override
    public long run() throws IOException {
        long bytes = 0;
        for (String key : Sources.keys(Sizes.CHUNK_KEYS)) bytes += Files.readAllBytes(directory.resolve(key)).length;
        return bytes;
    }
}
