package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.Threads;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One handle changes the set of segments while another goes on writing to its own. */
class SeveralHandlesTest {
    @TempDir
    Path directory;

    private FilePartd one;
    private FilePartd two;

    @BeforeEach
    void open() {
        one = Partds.file(directory);
        two = Partds.file(directory);
    }

    /** The writer removes its replaced segment by itself; what the others know of it must not make them fail. */
    @Test
    void flushAndFiguresAfterADropByAnother() {
        one.append("k", Bytes.utf8("dropped"));
        two.drop();
        two.flush();
        assertEquals(0, two.stats().liveBytes());
        one.append("k", Bytes.utf8("kept"));
        two.flush();
        one.flush();
        assertEquals(4, two.stats().liveBytes());
        assertEquals(4, one.stats().liveBytes());
        closeAndExpect("kept");
    }

    /** An empty value at the end of a record lies where the next one begins. */
    @Test
    void anEmptyValueThatWasDroppedStaysAway() {
        Map<String, Bytes> values = new LinkedHashMap<>();
        values.put("k", Bytes.utf8("v"));
        values.put("empty", Bytes.EMPTY);
        one.append(values);
        two.drop();
        one.close(); // writes a footer with all of it
        assertEquals(Set.of(), two.keys());
        two.close();
        assertEquals(Map.of(), StoreFiles.content(directory));
    }

    @Test
    void flushAndFiguresAfterACompactionByAnother() {
        one.append("k", Bytes.utf8("a"));
        two.append("k", Bytes.utf8("b"));
        two.compact();
        assertEquals(1, two.stats().chunksPerKey().get("k"));
        two.flush();
        one.append("k", Bytes.utf8("c"));
        two.flush();
        one.flush();
        assertEquals(3, two.stats().liveBytes());
        two.compact();
        one.append("k", Bytes.utf8("d"));
        two.compact();
        assertTrue(one.stats().segments() <= 3, () -> "left: " + one.stats());
        closeAndExpect("abcd");
    }

    /** Whoever holds the lock may do everything, also while another compaction waits for the lock. */
    @Test
    @Timeout(60)
    void compactionsWithAndWithoutTheLock() throws Exception {
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                for (int i = 0; i < 50; i++) two.compact();
            });
            for (int i = 0; i < 50; i++) {
                one.lock().lock();
                try {
                    one.append("k", Bytes.utf8("x"));
                    one.compact();
                    assertEquals(1, one.stats().chunksPerKey().get("k"));
                } finally {
                    one.lock().unlock();
                }
            }
        }
        closeAndExpect("x".repeat(50));
    }

    /** An interrupt ends a compaction that waits for the lock; what it had written goes. */
    @Test
    @Timeout(60)
    void anInterruptedCompactionLeavesNothing() throws Exception {
        one.append("k", Bytes.utf8("a"));
        int before = StoreFiles.names(StoreFiles.take(directory), SegmentFormat.SEGMENT)
                .size();
        for (int i = 0; i < 200; i++) {
            Thread.currentThread().interrupt();
            try {
                two.compact();
            } catch (UncheckedIOException e) {
                assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
            }
            assertTrue(Thread.interrupted());
        }
        int after = StoreFiles.names(StoreFiles.take(directory), SegmentFormat.SEGMENT)
                .size();
        assertTrue(
                after <= before + 1, () -> "left: " + StoreFiles.take(directory).keySet());
        closeAndExpect("a");
    }

    private void closeAndExpect(String value) {
        assertEquals(Bytes.utf8(value), one.get("k"));
        assertEquals(Bytes.utf8(value), two.get("k"));
        one.close();
        two.close();
        assertEquals(Map.of("k", Bytes.utf8(value)), StoreFiles.content(directory));
    }
}
