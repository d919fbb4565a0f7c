package io.partd.tablesaw;

import io.partd.testing.ReadmeExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The README's example of Tablesaw tables compiles, runs, and returns what its comments say. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleDoesWhatItSays() throws Exception {
        Table flights = Table.create(
                "flights",
                StringColumn.create("origin", "ATL", "JFK", "ATL", "SEA"),
                IntColumn.create("distance", new int[] {0, 100, 200, 300}),
                IntColumn.create("delay", new int[] {0, 1, 2, 3}));
        ReadmeExample.with("TablePartd.over", directory)
                .run(
                        3,
                        "import io.partd.arrow.*; import io.partd.tablesaw.*; import tech.tablesaw.api.Table;",
                        "value instanceof Table read ? read.shape() : value.toString()",
                        Table.class,
                        "table",
                        flights);
    }
}
