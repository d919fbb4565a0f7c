package io.partd.benchmarks.data;

import io.partd.arrow.ArrowOptions;
import io.partd.arrow.Partitioner;
import java.util.List;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * How a table is stored.
 *
 * @param group the letter that names of workloads begin with
 * @param label how names of workloads call it
 * @param parts the keys are the numbers below
 */
public record TableLayout(String group, String label, ArrowOptions options, int parts, Partitioner by) {

    /** In 64 parts by symbol. */
    public static TableLayout compressed(CodecType codec) {
        String label = switch (codec) {
            case NO_COMPRESSION -> "plain";
            case LZ4_FRAME -> "lz4";
            case ZSTD -> "zstd";
        };
        Partitioner by = Partitioner.hash(TableSizes.PARTS, "symbol");
        return new TableLayout("t", label, ArrowOptions.defaults().withCompression(codec), TableSizes.PARTS, by);
    }

    /** In a number of parts, by id: there are too few symbols for many. */
    public static TableLayout staged(int parts, long stageBytes) {
        String label = parts + " parts, " + (stageBytes == 0 ? "unstaged" : "staged");
        ArrowOptions options = ArrowOptions.defaults().withStageBytes(stageBytes);
        return new TableLayout("p", label, options, parts, Partitioner.hash(parts, "id"));
    }

    public static List<TableLayout> ofCodecs() {
        return List.of(
                compressed(CodecType.NO_COMPRESSION), compressed(CodecType.LZ4_FRAME), compressed(CodecType.ZSTD));
    }

    public String name(String what) {
        return group + " " + what + " " + label;
    }
}
