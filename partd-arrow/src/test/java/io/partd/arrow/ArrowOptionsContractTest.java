package io.partd.arrow;

import io.partd.arrow.testing.ArrowContract;
import io.partd.testing.Nesting;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for tables with every kind of options, over a store of each kind. */
@Tag("slow")
@ParameterizedClass(name = "{0}")
@MethodSource("tables")
class ArrowOptionsContractTest extends ArrowContract {
    private static final Set<String> BELOW = Set.of("dict", "file", "buffer(dict, file, 1000)");

    static Stream<Tables> tables() {
        return Nesting.tested()
                .filter(below -> BELOW.contains(below.name()))
                .flatMap(below -> options().map(options -> new Tables(below, options)));
    }

    private static Stream<ArrowOptions> options() {
        ArrowOptions plain = ArrowOptions.defaults();
        return Stream.of(
                plain.withCompression(CodecType.LZ4_FRAME),
                plain.withCompression(CodecType.ZSTD),
                plain.withStageBytes(2_000),
                plain.withStageBytes(1 << 20).withCompression(CodecType.LZ4_FRAME));
    }
}
