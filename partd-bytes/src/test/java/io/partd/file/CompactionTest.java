package io.partd.file;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.disk.LocalMedium;
import io.partd.log.Medium;
import io.partd.log.RecordWriter;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compaction: what it gives back, and what goes on meanwhile. */
class CompactionTest {
    private static final FileOptions SMALL = FileOptions.defaults().withSegmentBytes(10_000);

    @TempDir
    Path directory;

    @Test
    void eachKeyLiesInOneChunkAndDeadBytesAreGone() throws IOException {
        Map<String, StringBuilder> expected = new HashMap<>();
        Random random = new Random(11);
        try (FilePartd store = Partds.file(directory, SMALL)) {
            for (int i = 0; i < 2000; i++) {
                String key = "key" + random.nextInt(50);
                String piece = "piece " + i + ";";
                store.append(key, Bytes.utf8(piece));
                expected.computeIfAbsent(key, k -> new StringBuilder()).append(piece);
            }
            store.append("empty", Bytes.EMPTY);
            for (int i = 0; i < 25; i++) {
                store.delete("key" + i);
                expected.remove("key" + i);
            }
            store.compact();
            check(store, expected);
            store.stats().chunksPerKey().forEach((key, chunks) -> assertEquals(1, chunks, key));
            assertEquals(0, store.stats().deadBytes());
            assertTrue(store.keys().contains("empty"));
            store.append("key30", Bytes.utf8("more"));
            expected.get("key30").append("more");
            store.compact();
            check(store, expected);
        }
        try (FilePartd store = Partds.file(directory)) {
            check(store, expected);
            assertEquals(store.stats().segments(), segments());
        }
    }

    /** Its maker needs no lock for it, and has just created it; but it goes when he is dead. */
    @Test
    void aDropLeavesAloneWhatACompactionIsAboutToWrite() throws IOException {
        Path output;
        try (FilePartd compacting = Partds.file(directory);
                FilePartd dropping = Partds.file(directory)) {
            compacting.append("k", Bytes.utf8("v"));
            String segment = StoreFiles.segment(StoreFiles.take(directory));
            output = directory.resolve(segment.substring(0, 16) + "0123456789abcdef" + SegmentFormat.SEGMENT);
            Files.createFile(output);
            dropping.drop();
            assertTrue(Files.exists(output));
        }
        try (FilePartd alone = Partds.file(directory)) {
            assertFalse(Files.exists(output));
            assertEquals(Set.of(), alone.keys());
        }
    }

    private static void check(FilePartd store, Map<String, StringBuilder> expected) {
        assertEquals(expected.size(), store.keys().size() - (store.keys().contains("empty") ? 1 : 0));
        expected.forEach(
                (key, value) -> assertEquals(value.toString(), store.get(key).toUtf8()));
    }

    /** A segment that another handle is writing keeps its place until that handle leaves it. */
    @Test
    void anotherHandleGoesOnInItsSegment() throws IOException {
        try (FilePartd store = Partds.file(directory);
                FilePartd other = Partds.file(directory)) {
            other.append("a", Bytes.utf8("1"));
            store.append("a", Bytes.utf8("2"));
            store.compact();
            assertEquals("12", store.get("a").toUtf8());
            assertEquals("12", other.get("a").toUtf8());
            other.append("a", Bytes.utf8("3"));
            assertEquals("123", store.get("a").toUtf8());
            store.drop();
            assertEquals("", other.get("a").toUtf8());
            other.append("a", Bytes.utf8("4"));
            assertEquals("4", store.get("a").toUtf8());
            assertEquals(1, segments());
        }
        try (FilePartd store = Partds.file(directory)) {
            assertEquals("4", store.get("a").toUtf8());
        }
    }

    @Test
    void appendsAndDeletesGoOnMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (FilePartd store = Partds.file(directory, SMALL);
                FilePartd other = Partds.file(directory, SMALL)) {
            Thread compacting = new Thread(() -> {
                try {
                    while (!done.get()) store.compact();
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            compacting.start();
            StringBuilder kept = new StringBuilder();
            StringBuilder shared = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                FilePartd writer = i % 3 == 0 ? other : store;
                writer.append(Map.of("kept", Bytes.utf8(i + ";"), "shared", Bytes.utf8(i + ",")));
                kept.append(i).append(';');
                shared.append(i).append(',');
                if (i % 7 == 0) {
                    writer.delete("shared");
                    shared.setLength(0);
                }
                if (i % 50 == 0) assertEquals(kept.toString(), store.get("kept").toUtf8());
                assertEquals(shared.toString(), other.get("shared").toUtf8());
            }
            done.set(true);
            compacting.join();
            assertNull(failure.get(), () -> String.valueOf(failure.get()));
            assertEquals(kept.toString(), other.get("kept").toUtf8());
        }
    }

    /** What a killed compaction leaves is removed by the next handle: its outputs never counted. */
    @Test
    void outputsThatNoManifestNamesDoNotCount() throws IOException {
        try (FilePartd store = Partds.file(directory)) {
            store.append("a", Bytes.utf8("once"));
        }
        Medium medium = new LocalMedium(directory);
        SegmentWriter output = SegmentWriter.begin(medium, 7, 1, true, 0, new RecordWriter());
        output.append(Door.content(Map.of("a", Bytes.utf8("once")), Map.of()), 99);
        output.finish();
        medium.close();
        assertEquals(2, segments());
        try (FilePartd store = Partds.file(directory)) {
            assertEquals("once", store.get("a").toUtf8());
            assertEquals(1, segments());
        }
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg")).count();
        }
    }
}
