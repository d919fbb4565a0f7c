package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.hadoop.testing.FileSystemUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LocalStoresTest extends StoresContract {
    @TempDir
    static Path directory;

    LocalStoresTest() {
        super(new FileSystemUnderTest() {
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

    /** They are read from maps, small ones and large ones. */
    @Test
    void valuesOutliveTheirFiles() throws IOException {
        Bytes large = Bytes.of(new byte[3 << 20]);
        List<WrittenSegment> written = task(Map.of("a", Bytes.utf8("small"), "b", large), Map.of());
        Commit.to(store(), conf, "1").add(written).run();
        String segment = written.get(0).name();
        List<Bytes> values;
        try (HadoopPartd first = HadoopPartd.open(store(), conf)) {
            values = first.get(List.of("a", "b"));
        }
        Commit.to(store(), conf, "2").replaceAll().run();
        assertTrue(Maintenance.vacuum(store(), conf, Duration.ZERO) > 0);
        assertFalse(Files.exists(Path.of(store()).resolve(segment)), "the file is gone");
        assertEquals(Bytes.utf8("small"), values.get(0));
        assertEquals(large, values.get(1));
        try (HadoopPartd second = HadoopPartd.open(store(), conf)) {
            assertEquals(Bytes.EMPTY, second.get("a"));
        }
    }

    /** To touch what is not there any more would end the JVM. */
    @Test
    void aSegmentThatHasLostItsEndIsNotTouched() throws IOException {
        WrittenSegment segment =
                task(Map.of("b", Bytes.of(new byte[3 << 20])), Map.of()).get(0);
        Commit.to(store(), conf, "1").add(List.of(segment)).run();
        try (FileChannel file = FileChannel.open(Path.of(store()).resolve(segment.name()), StandardOpenOption.WRITE)) {
            file.truncate(1 << 20);
        }
        try (HadoopPartd broken = HadoopPartd.open(store(), conf)) {
            CorruptPartdException e = assertThrows(
                    CorruptPartdException.class, () -> broken.get("b").toArray());
            assertTrue(e.getMessage().contains(segment.name()), e.getMessage());
        }
    }
}
