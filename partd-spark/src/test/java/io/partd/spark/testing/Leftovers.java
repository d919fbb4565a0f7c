package io.partd.spark.testing;

import io.partd.hadoop.Maintenance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is left of a store once it is vacuumed, on whatever file system. */
public final class Leftovers {
    private Leftovers() {}

    /** Vacuums, and requires that only so many segments, an index for each commit, a manifest and its hint are left. */
    public static void requireNone(URI store, Configuration conf, int segments, int commits) throws IOException {
        Maintenance.vacuum(store, conf, Duration.ZERO);
        Path directory = new Path(store);
        List<String> left = Arrays.stream(directory.getFileSystem(conf).listStatus(directory))
                .map(file -> file.getPath().getName())
                .toList();
        assertEquals(
                segments, left.stream().filter(file -> file.endsWith(".seg")).count(), left::toString);
        assertEquals(segments + commits + 2, left.size(), left::toString);
    }
}
