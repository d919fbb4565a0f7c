package io.partd;

import io.partd.testing.ReadmeExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of bytes compiles, runs, and returns what its comments say. */
class ReadmeTest {
    private static final String TEXT = """
            value instanceof List<?> list ? list.stream().map(v -> ((Bytes) v).toUtf8()).toList().toString()
                : ((Bytes) value).toUtf8()""";

    @TempDir
    Path directory;

    @Test
    void theExampleDoesWhatItSays() throws Exception {
        ReadmeExample.with("snappy(", directory).run(2, "", TEXT, Object.class, "unused", "");
    }
}
