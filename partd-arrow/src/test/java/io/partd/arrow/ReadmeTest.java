package io.partd.arrow;

import io.partd.testing.ReadmeExample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of tables and arrays compiles, runs, and returns what its comments say. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleDoesWhatItSays() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot flights = flights(allocator, "ATL", "JFK", "ATL", "SEA")) {
            ReadmeExample.with("ArrowPartd.over", directory)
                    .run(
                            3,
                            "import io.partd.arrow.*; import org.apache.arrow.memory.RootAllocator;",
                            "value instanceof double[] array ? Arrays.toString(array) : value.toString()",
                            VectorSchemaRoot.class,
                            "batch",
                            flights);
        }
    }

    private static VectorSchemaRoot flights(BufferAllocator allocator, String... origins) {
        VarCharVector origin = new VarCharVector("origin", allocator);
        IntVector distance = new IntVector("distance", allocator);
        IntVector delay = new IntVector("delay", allocator);
        for (int i = 0; i < origins.length; i++) {
            origin.setSafe(i, origins[i].getBytes(StandardCharsets.UTF_8));
            distance.setSafe(i, 100 * i);
            delay.setSafe(i, i);
        }
        VectorSchemaRoot root = new VectorSchemaRoot(List.of(origin, distance, delay));
        root.setRowCount(origins.length);
        return root;
    }
}
