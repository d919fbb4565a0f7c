package io.partd.flight.testing;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Small tables for tests. */
public final class Tables {
    private Tables() {}

    /** The numbers from one (inclusive) to another (exclusive), and their halves. */
    public static VectorSchemaRoot numbers(BufferAllocator allocator, int from, int to) {
        IntVector n = new IntVector("n", allocator);
        Float8Vector x = new Float8Vector("x", allocator);
        for (int i = from; i < to; i++) {
            n.setSafe(i - from, i);
            x.setSafe(i - from, i / 2.0);
        }
        n.setValueCount(to - from);
        x.setValueCount(to - from);
        return new VectorSchemaRoot(List.of(n, x));
    }
}
