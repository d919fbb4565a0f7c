package io.partd;

import io.partd.file.StoreFiles;
import io.partd.log.SegmentFormat;
import io.partd.testing.BoundedRead;
import io.partd.testing.ChildProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** The writer was killed, and the machine runs on: no page can have been lost, so what does not check is damage. */
class KilledWriterTest {
    private static final int ZEROS = 20_000;

    @TempDir
    Path directory;

    private SortedMap<String, byte[]> files;

    @BeforeEach
    void write() throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(Main.class, line -> {}, directory.toString())) {
            child.joinWell();
        }
        files = StoreFiles.take(directory);
    }

    @Test
    void everythingIsThere() {
        assertEquals(Map.of("zeros", Bytes.of(new byte[ZEROS]), "k", Bytes.utf8("v")), StoreFiles.content(directory));
    }

    /** Zeros that were appended look like pages that were lost, but are none. */
    @Test
    void damageBetweenZerosIsFound() throws IOException {
        String name = StoreFiles.segment(files);
        for (int at = 200; at < ZEROS; at += 1013) {
            flip(name, at);
            assertNull(BoundedRead.content(directory), "byte " + at);
            flip(name, at);
            Files.deleteIfExists(directory.resolve(name + SegmentFormat.SIDECAR));
        }
        everythingIsThere();
    }

    private void flip(String name, int at) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ 1);
        }
    }

    /** Appends, and ends without closing. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            FilePartd store = Partds.file(args[0]);
            store.append("zeros", Bytes.of(new byte[ZEROS]));
            store.append("k", Bytes.utf8("v"));
            Runtime.getRuntime().halt(0);
        }
    }
}
