package io.partd.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What plain files allow: the same bytes, without keys, index or checksums. */
abstract class FileLimit implements Workload {
    final Setting setting;
    Path directory;
    private List<ByteBuffer> source;

    FileLimit(Setting setting) {
        this.setting = setting;
    }

    @Override
    public long bytes() {
        return setting.sizes().chunkTotal();
    }

    @Override
    public void prepare() throws IOException {
        source = setting.sources().slices(Sizes.PLAIN);
        directory = Directories.create(setting);
    }

    /** Writes a file of the source's bytes, over and over, from direct buffers of 1 MiB; gives its size. */
    long write(Path file, long size) throws IOException {
        long written = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; written < size; i++) {
                ByteBuffer block = source.get(i % source.size()).duplicate();
                block.limit((int) Math.min(block.limit(), size - written));
                while (block.hasRemaining()) written += channel.write(block);
            }
        }
        return written;
    }

    @Override
    public void clean() throws IOException {
        Directories.delete(directory);
    }
}
