package io.partd.benchmarks.closeup;

import io.partd.arrow.ArrowOptions;
import io.partd.arrow.Partitioner;
import io.partd.benchmarks.data.TableSizes;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** How a table is stored. */
public enum TableLayout {
    /** In 64 parts by symbol. */
    PLAIN,
    /** The same, compressed. */
    LZ4,
    /** The same, compressed. */
    ZSTD,
    /** In 64 parts by id. */
    PARTS_64,
    /** The same, staged in memory. */
    PARTS_64_STAGED,
    /** In 100,000 parts by id, for which there are too few symbols; staged. */
    MANY_PARTS_STAGED;

    ArrowOptions options(TableSizes sizes) {
        ArrowOptions options = ArrowOptions.defaults();
        return switch (this) {
            case PLAIN -> options;
            case LZ4 -> options.withCompression(CodecType.LZ4_FRAME);
            case ZSTD -> options.withCompression(CodecType.ZSTD);
            case PARTS_64 -> options.withStageBytes(0);
            case PARTS_64_STAGED, MANY_PARTS_STAGED -> options.withStageBytes(sizes.stageBytes());
        };
    }

    /** The keys are the numbers below. */
    int parts(TableSizes sizes) {
        return this == MANY_PARTS_STAGED ? sizes.manyParts() : TableSizes.PARTS;
    }

    Partitioner by(TableSizes sizes) {
        return switch (this) {
            case PLAIN, LZ4, ZSTD -> Partitioner.hash(parts(sizes), "symbol");
            default -> Partitioner.hash(parts(sizes), "id");
        };
    }
}
