package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Files without keys, index or checksums. */
public final class PlainFiles {
    private PlainFiles() {}

    /** Writes a file of the source's bytes, over and over, from direct buffers of 1 MiB; gives its size. */
    public static long write(RunContext setting, Path file, long size) throws IOException {
        return write(setting.sources().slices(Sizes.PLAIN), file, size);
    }

    private static long write(List<ByteBuffer> blocks, Path file, long size) throws IOException {
        long written = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; written < size; i++) {
                ByteBuffer block = blocks.get(i % blocks.size()).duplicate();
                block.limit((int) Math.min(block.limit(), size - written));
                while (block.hasRemaining()) written += channel.write(block);
            }
        }
        return written;
    }

    /** Reads a file into one direct buffer of 1 MiB, again and again; gives its size. */
    static long read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Sizes.PLAIN);
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) bytes += n;
        }
        return bytes;
    }

    /** Reads files, each into a fresh array; gives the sum of their sizes. */
    static long readArrays(Path directory, List<String> names) throws IOException {
        long bytes = 0;
        for (String name : names) bytes += Files.readAllBytes(directory.resolve(name)).length;
        return bytes;
    }

    /**
     * Beside a directory, has the system take so much memory for a file, and give it back at once: the next file gets
     * memory that the host of a virtual machine has just given to it. Getting it from the host takes ten times as long
     * as the write.
     */
    public static void warmMemory(Path directory, long size) throws IOException {
        Path file = directory.resolveSibling(directory.getFileName() + "-warm");
        try {
            write(List.of(ByteBuffer.allocateDirect(Sizes.PLAIN)), file, size);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
