package io.partd;

import io.partd.testing.BytesContract;
import io.partd.testing.Nesting;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, for every store and every nesting that makes sense; here the files lie on a disk. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.partd.testing.Nesting#tested")
class ByteStoresContractTest extends BytesContract {
    @Parameter
    Nesting nesting;

    @TempDir
    Path disk;

    @Override
    protected Path directory() {
        return disk;
    }

    @Override
    protected Partd<Bytes> open(Path directory) {
        return nesting.open(directory);
    }

    @Override
    public Persistence persistence() {
        return nesting.persistence();
    }

    @Override
    public int rounds() {
        return nesting.rounds();
    }
}
