package io.partd.flight;

import io.partd.testing.ReadmeExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a server compiles, runs, and returns what its comments say. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleDoesWhatItSays() throws Exception {
        ReadmeExample.with("PartdServer.serve", directory)
                .run(1, "import io.partd.flight.*;", "((Bytes) value).toUtf8()", Object.class, "unused", "");
    }
}
