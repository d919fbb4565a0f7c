package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SampleStores;
import io.partd.disk.LocalMedium;
import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A drop tells by its stamp what does not count any more. */
class DroppedSegmentsTest {
    @TempDir
    Path directory;

    /** The next handle removes what the killed process had not. */
    @Test
    void leftByAKilledProcess() {
        SampleStores.Sample sample = SampleStores.dropped(directory.resolve("sample"));
        Path copy = directory.resolve("copy");
        StoreFiles.put(sample.files(), copy);
        assertEquals(sample.content(), StoreFiles.content(copy));
        // what is remembered of appends, and the newer one; nobody goes on with the one that somebody might have
        assertEquals(
                2,
                StoreFiles.names(StoreFiles.take(copy), SegmentFormat.SEGMENT).size());
    }

    /** A compaction after the drop keeps what it told. */
    @Test
    void leftAndCompacted() throws IOException {
        SampleStores.Sample sample = SampleStores.dropped(directory.resolve("sample"));
        Path copy = directory.resolve("copy");
        StoreFiles.put(sample.files(), copy);
        try (FilePartd store = Partds.file(copy)) {
            store.compact();
        }
        SortedMap<String, byte[]> files = StoreFiles.take(copy);
        sample.files().forEach(files::putIfAbsent);
        StoreFiles.put(files, copy);
        assertEquals(sample.content(), StoreFiles.content(copy));
    }

    /**
     * What is written after a drop counts, also where the clock has been set back since and the control file is lost.
     */
    @Test
    void aClockThatWasSetBack() throws IOException {
        long ahead = (System.currentTimeMillis() + 3_600_000) * 1_000_000;
        Medium medium = new LocalMedium(directory);
        new Manifest(1, ahead, Set.of(), Map.of()).publish(medium);
        medium.close();
        for (int i = 1; i <= 2; i++) {
            try (FilePartd store = Partds.file(directory)) {
                store.append("k" + i, Bytes.utf8("v"));
            }
            assertEquals(i, StoreFiles.content(directory).size());
            Files.delete(directory.resolve(ControlFile.FILE));
        }
    }
}
