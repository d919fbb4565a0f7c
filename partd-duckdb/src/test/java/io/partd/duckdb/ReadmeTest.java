package io.partd.duckdb;

import io.partd.testing.ReadmeExample;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleRuns() throws Exception {
        try (BufferAllocator allocator = new RootAllocator()) {
            ReadmeExample.with("PartdDuck.open", directory)
                    .run(
                            2,
                            "import io.partd.arrow.*; import io.partd.duckdb.*; import tech.tablesaw.api.Table;",
                            "String.valueOf(value)",
                            BufferAllocator.class,
                            "allocator",
                            allocator);
        }
    }
}
