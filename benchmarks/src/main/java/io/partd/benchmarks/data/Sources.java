package io.partd.benchmarks.data;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The bytes that are stored: random, made once, and shared by all workloads of a run. */
public final class Sources {
    /** So many batches of small values, 1.6 MB in all: a table is in the cache when it has just been split. */
    private static final int SMALL_BATCHES = 16;

    private final Sizes sizes;
    private List<Map<String, Bytes>> small;
    private ByteBuffer direct;
    private List<byte[]> arrays;

    public Sources(Sizes sizes) {
        this.sizes = sizes;
    }

    public static List<String> keys(int count) {
        List<String> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) keys.add("key-" + i);
        return keys;
    }

    /** Batches of 100 bytes for each of 1,000 keys. */
    public List<Map<String, Bytes>> small() {
        if (small != null) return small;
        Random random = new Random(1);
        List<String> keys = keys(Sizes.SMALL_KEYS);
        small = new ArrayList<>();
        for (int i = 0; i < SMALL_BATCHES; i++) {
            List<Bytes> values = new ArrayList<>();
            for (int k = 0; k < keys.size(); k++) values.add(Bytes.of(random(random, Sizes.SMALL_BYTES)));
            small.addAll(batches(keys, values, keys.size()));
        }
        return small;
    }

    /** Batches of 16 chunks in byte arrays, over 256 keys. */
    List<Map<String, Bytes>> heapChunks() {
        List<Bytes> chunks = new ArrayList<>();
        for (byte[] array : arrays()) chunks.add(Bytes.of(array));
        return batches(keys(Sizes.CHUNK_KEYS), chunks, Sizes.CHUNKS_PER_APPEND);
    }

    /** The same of chunks in direct buffers. */
    List<Map<String, Bytes>> directChunks() {
        List<Bytes> chunks = new ArrayList<>();
        for (ByteBuffer slice : slices(sizes.chunkBytes())) chunks.add(Bytes.of(slice));
        return batches(keys(Sizes.CHUNK_KEYS), chunks, Sizes.CHUNKS_PER_APPEND);
    }

    private static List<Map<String, Bytes>> batches(List<String> keys, List<Bytes> values, int perBatch) {
        List<Map<String, Bytes>> batches = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (i % perBatch == 0) batches.add(new LinkedHashMap<>());
            batches.get(i / perBatch).put(keys.get(i % keys.size()), values.get(i));
        }
        return batches;
    }

    /** The memory that chunks come from, in arrays of a chunk each. */
    public List<byte[]> arrays() {
        if (arrays != null) return arrays;
        arrays = new ArrayList<>();
        for (ByteBuffer slice : slices(sizes.chunkBytes())) {
            byte[] array = new byte[slice.remaining()];
            slice.get(array);
            arrays.add(array);
        }
        return arrays;
    }

    /** The memory that chunks come from, as direct buffers of some size. */
    public List<ByteBuffer> slices(int size) {
        if (direct == null) direct = randomDirect();
        List<ByteBuffer> slices = new ArrayList<>();
        for (int at = 0; at < direct.capacity(); at += size) slices.add(direct.slice(at, size));
        return slices;
    }

    private ByteBuffer randomDirect() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(sizes.sourceBytes());
        Random random = new Random(2);
        while (buffer.hasRemaining()) buffer.put(random(random, Math.min(1 << 16, buffer.remaining())));
        return buffer.clear();
    }

    private static byte[] random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
