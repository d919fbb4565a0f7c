package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** What memory allows: going over the bytes of the chunks, which the caches do not hold. */
abstract class MemoryLimit implements Workload {
    static final String CHECKSUM = "limit CRC32C";
    static final String COPY = "limit copy of arrays";

    final RunContext setting;
    private final String name;

    private MemoryLimit(RunContext setting, String name) {
        this.setting = setting;
        this.name = name;
    }

    /** A checksum of each 64 KiB. */
    static Workload checksum(RunContext setting) {
        return new MemoryLimit(setting, CHECKSUM) {
            private final CRC32C crc = new CRC32C();
            private List<ByteBuffer> chunks;

            @Override
            public void prepare() {
                chunks = setting.sources().slices(setting.sizes().chunkBytes());
            }

            @Override
            long process(int chunk) {
                crc.reset();
                crc.update(chunks.get(chunk % chunks.size()).duplicate());
                return crc.getValue();
            }
        };
    }

    /** A copy of each 64 KiB into an array that was there before. */
    static Workload copy(RunContext setting) {
        return new MemoryLimit(setting, COPY) {
            private List<byte[]> chunks;
            private List<byte[]> copies;

            @Override
            public void prepare() {
                chunks = setting.sources().arrays();
                copies = new ArrayList<>();
                for (byte[] chunk : chunks) copies.add(chunk.clone());
            }

            @Override
            long process(int chunk) {
                byte[] from = chunks.get(chunk % chunks.size());
                System.arraycopy(from, 0, copies.get(chunk % chunks.size()), 0, from.length);
                return from.length;
            }

            @Override
            public void clean() {
                copies = null;
            }
        };
    }

    abstract long process(int chunk);

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return setting.sizes().chunkTotal();
    }

    @Override
    public long run() {
        long sum = 0;
        int count = (int) (bytes() / setting.sizes().chunkBytes());
        for (int i = 0; i < count; i++) sum += process(i);
        return sum;
    }

    @Override
    public void clean() {}
}
