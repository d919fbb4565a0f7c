package io.partd.benchmarks.peers;

import io.partd.benchmarks.common.Parallel;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Goes to a {@link Limit} with so many bytes. */
public final class LimitRun {
    private final Limit limit;
    private final RunContext context;
    private final long bytes;
    private Path directory;
    private List<byte[]> copies;

    public LimitRun(Limit limit, RunContext context, long bytes) {
        this.limit = limit;
        this.context = context;
        this.bytes = bytes;
    }

    /** Makes what a run needs, files in an empty directory; this is not timed. */
    public void prepare(Path newDirectory) throws IOException {
        directory = newDirectory;
        switch (limit) {
            case WRITE, WRITE_BY_TWO -> PlainFiles.warmMemory(directory, bytes);
            case READ -> PlainFiles.write(context, directory.resolve("file"), bytes);
            case ARRAYS -> {
                for (String key : keys()) PlainFiles.write(context, directory.resolve(key), bytes / Sizes.CHUNK_KEYS);
            }
            case CRC32C -> context.sources().slices(context.sizes().chunkBytes());
            case COPY ->
                copies = context.sources().arrays().stream().map(byte[]::clone).toList();
        }
    }

    private static List<String> keys() {
        return Sources.keys(Sizes.CHUNK_KEYS);
    }

    /** Runs once; gives the number of bytes. */
    public long run() throws Exception {
        return switch (limit) {
            case WRITE, WRITE_BY_TWO -> Parallel.sum(limit.threads(), this::write);
            case READ -> PlainFiles.read(directory.resolve("file"));
            case ARRAYS -> PlainFiles.readArrays(directory, keys());
            case CRC32C -> checksum();
            case COPY -> copy();
        };
    }

    private long write(int thread) throws IOException {
        return PlainFiles.write(context, directory.resolve("file-" + thread), bytes / limit.threads());
    }

    private long checksum() {
        List<ByteBuffer> chunks = context.sources().slices(context.sizes().chunkBytes());
        CRC32C crc = new CRC32C();
        long sum = 0;
        long done = 0;
        for (int i = 0; done < bytes; i++) {
            ByteBuffer chunk = chunks.get(i % chunks.size()).duplicate();
            done += chunk.remaining();
            crc.reset();
            crc.update(chunk);
            sum += crc.getValue();
        }
        if (sum == 0) throw new IllegalStateException("the checksums of random bytes are all 0");
        return done;
    }

    private long copy() {
        List<byte[]> chunks = context.sources().arrays();
        long done = 0;
        for (int i = 0; done < bytes; i++) {
            byte[] from = chunks.get(i % chunks.size());
            System.arraycopy(from, 0, copies.get(i % chunks.size()), 0, from.length);
            done += from.length;
        }
        return done;
    }

    /** Lets go of what {@link #prepare} has made, but for the files. */
    public void close() {
        copies = null;
    }
}
