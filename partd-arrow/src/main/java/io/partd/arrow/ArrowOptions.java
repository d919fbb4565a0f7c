package io.partd.arrow;

import io.partd.arrow.compression.BufferCodec;
import java.util.Objects;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * How an {@link ArrowPartd} writes. Immutable; begin with {@link #defaults}.
 *
 * @param compression how the buffers of record batches are compressed, as Arrow's IPC format defines it: every Arrow
 *     reader sees it from the bytes
 * @param level the codec's level: 0 (fast) to 17 for {@code LZ4_FRAME}, -7 to 22 for {@code ZSTD}, 0 for
 *     {@code NO_COMPRESSION}
 * @param stageBytes how many bytes of appended tables are kept in memory, to be written together as larger batches; 0
 *     writes each append at once, and 1 GiB is the most. What is staged is written, and durable, at
 *     {@link ArrowPartd#flush}, before any read, and at close
 */
public record ArrowOptions(CodecType compression, int level, long stageBytes) {
    /** So much lies in one batch for sure, whatever its offsets can address. */
    private static final long MAX_STAGE_BYTES = 1 << 30;

    private static final ArrowOptions DEFAULTS = new ArrowOptions(CodecType.NO_COMPRESSION, 0, 0);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the codec has no such level, or {@code stageBytes} is negative or more than 1
     *     GiB
     */
    public ArrowOptions {
        Objects.requireNonNull(compression, "compression is null");
        if (stageBytes < 0 || stageBytes > MAX_STAGE_BYTES) {
            throw new IllegalArgumentException(
                    "stageBytes is " + stageBytes + ": use 0 to " + MAX_STAGE_BYTES + " (1 GiB)");
        }
        if (compression != CodecType.NO_COMPRESSION) {
            BufferCodec.of(compression, level);
        } else if (level != 0) {
            throw new IllegalArgumentException("level is " + level + " without compression: use 0");
        }
    }

    /** Returns the options of a store that says nothing else: no compression, nothing staged. */
    public static ArrowOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another {@link #compression}, at its default level. */
    public ArrowOptions withCompression(CodecType newCompression) {
        return new ArrowOptions(newCompression, newCompression == CodecType.ZSTD ? 1 : 0, stageBytes);
    }

    /** Returns these options with another {@link #compression} and {@link #level}. */
    public ArrowOptions withCompression(CodecType newCompression, int newLevel) {
        return new ArrowOptions(newCompression, newLevel, stageBytes);
    }

    /** Returns these options with another {@link #stageBytes}. */
    public ArrowOptions withStageBytes(long newStageBytes) {
        return new ArrowOptions(compression, level, newStageBytes);
    }

    /** The codec, or null where nothing is compressed. */
    BufferCodec codec() {
        return compression == CodecType.NO_COMPRESSION ? null : BufferCodec.of(compression, level);
    }
}
