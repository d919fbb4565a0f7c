package io.partd.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoresTest extends StoresContract {
    @TempDir
    static Path directory;

    LocalStoresTest() {
        super(new Medium() {
            @Override
            public Configuration conf() {
                return new Configuration();
            }

            @Override
            public URI fresh() {
                try {
                    return Files.createTempDirectory(directory, "store").toUri();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
