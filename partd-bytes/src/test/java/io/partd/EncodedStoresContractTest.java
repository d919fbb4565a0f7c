package io.partd;

import io.partd.testing.IntsEncoding;
import io.partd.testing.Numbers;
import io.partd.testing.PartdContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;
import static io.partd.Partds.encode;
import static io.partd.Partds.file;
import static io.partd.Partds.zstd;

/** The contract for stores of arrays, by an encoding. */
@ParameterizedClass(name = "ints over {0}")
@MethodSource("stores")
class EncodedStoresContractTest extends PartdContract<int[]> {
    private static final Map<String, Function<Path, Partd<Bytes>>> BELOW = new TreeMap<>(Map.of(
            "dict", path -> dict(),
            "file", path -> file(path),
            "zstd(buffer(dict, file))", path -> zstd(buffer(dict(), file(path), 1000))));

    @Parameter
    String below;

    static Stream<String> stores() {
        return BELOW.keySet().stream();
    }

    @Override
    protected Partd<int[]> open(Path directory) {
        return encode(new IntsEncoding(), BELOW.get(below).apply(directory));
    }

    @Override
    protected Numbers<int[]> numbers() {
        return new IntsEncoding.AsNumbers();
    }

    @Override
    public Persistence persistence() {
        if (below.equals("file")) return Persistence.SHARED;
        return below.equals("dict") ? Persistence.NONE : Persistence.FLUSHED;
    }

    @Override
    public int rounds() {
        return Math.min(60, MOST_ROUNDS);
    }
}
