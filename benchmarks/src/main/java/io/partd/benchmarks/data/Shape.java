package io.partd.benchmarks.data;

import io.partd.Bytes;
import java.util.List;
import java.util.Map;

/** What is appended at a time, and from what memory. */
public enum Shape {
    /** 100 bytes for each of 1,000 keys. */
    SMALL("a", "small"),
    /** 64 KiB for each of 16 of 256 keys, from byte arrays. */
    HEAP("b", "heap"),
    /** The same from direct buffers. */
    DIRECT("b", "direct");

    private final String group;
    private final String label;

    Shape(String group, String label) {
        this.group = group;
        this.label = label;
    }

    /** The letter that names of workloads begin with. */
    public String group() {
        return group;
    }

    public List<Map<String, Bytes>> batches(Sources sources) {
        return switch (this) {
            case SMALL -> sources.small();
            case HEAP -> sources.heapChunks();
            case DIRECT -> sources.directChunks();
        };
    }

    public long total(Sizes sizes, StoreKind kind) {
        return this == SMALL ? sizes.smallTotal() : sizes.chunkTotal(kind);
    }

    public int appends(Sizes sizes, StoreKind kind) {
        return this == SMALL
                ? sizes.smallAppends()
                : (int) (total(sizes, kind) / sizes.chunkBytes() / Sizes.CHUNKS_PER_APPEND);
    }

    public int keys() {
        return this == SMALL ? Sizes.SMALL_KEYS : Sizes.CHUNK_KEYS;
    }

    public long bufferLimit(Sizes sizes) {
        return this == SMALL ? sizes.smallLimit() : sizes.chunkLimit();
    }

    @Override
    public String toString() {
        return label;
    }
}
