package io.partd;

import io.partd.codec.ObjectsEncoding;
import io.partd.testing.Numbers;
import io.partd.testing.PartdContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import java.util.List;

import static io.partd.Partds.encode;
import static io.partd.Partds.file;

/** The contract for a store of lists of objects. */
class ObjectsContractTest extends PartdContract<List<Integer>> {
    /** Made once: it takes long to set up. */
    private static final ObjectsEncoding<Integer> ENCODING = new ObjectsEncoding<>();

    @Override
    protected Partd<List<Integer>> open(Path directory) {
        return encode(ENCODING, file(directory));
    }

    @Override
    protected Numbers<List<Integer>> numbers() {
        return new Numbers<>() {
            @Override
            public List<Integer> write(List<Integer> numbers) {
                return numbers;
            }

            @Override
            public List<Integer> read(List<Integer> value) {
                return List.copyOf(value);
            }
        };
    }

    @Override
    public Persistence persistence() {
        return Persistence.SHARED;
    }

    @Override
    public int rounds() {
        return Math.min(60, MOST_ROUNDS);
    }
}
