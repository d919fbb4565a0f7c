package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.peers.PlainFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reading one file into one direct buffer of 1 MiB, again and again. */
final class PlainRead extends FileLimit {
    static final String NAME = "limit read 1 MiB direct";

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Sizes.PLAIN);
    private Path file;

    PlainRead(RunContext setting, long bytes) {
        super(setting, bytes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() throws IOException {
        super.prepare();
        file = directory.resolve("file");
        PlainFiles.write(setting, file, bytes());
    }

    @Override
    public long run() throws IOException {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) bytes += n;
        }
        return bytes;
    }
}
