package io.partd;

import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a file store offers beyond the contract: figures, few files, reads of parts. */
class FilePartdTest {
    @TempDir
    Path directory;

    @Test
    void figuresCountWhatIsLiveAndWhatIsDead() {
        try (FilePartd store = Partds.file(directory)) {
            store.append(Map.of("a", Bytes.of(new byte[1000]), "b", Bytes.of(new byte[70_000])));
            store.append("a", Bytes.of(new byte[24]));
            assertEquals(71_024, store.stats().liveBytes());
            assertEquals(0, store.stats().deadBytes());
            assertEquals(Map.of("a", 2, "b", 1), store.stats().chunksPerKey());
            store.delete("b");
            assertEquals(1024, store.stats().liveBytes());
            assertEquals(70_000, store.stats().deadBytes());
            assertEquals(1, store.stats().segments());
            assertEquals(size(), store.stats().fileBytes());
        }
        try (FilePartd store = Partds.file(directory)) {
            assertEquals(1024, store.stats().liveBytes());
            assertEquals(70_000, store.stats().deadBytes());
        }
    }

    @Test
    void dropGivesTheRoomBackAtOnce() {
        try (FilePartd store = Partds.file(directory)) {
            store.append("a", Bytes.of(new byte[1_000_000]));
            store.drop();
            assertEquals(0, size());
            assertEquals(0, store.stats().segments());
        }
    }

    @Test
    void deletingTheLastKeyOfALargeStoreGivesTheRoomBackAtOnce() {
        try (FilePartd store = Partds.file(directory)) {
            store.append(Map.of("a", Bytes.of(new byte[2_000_000]), "b", Bytes.of(new byte[1])));
            store.delete("a");
            assertTrue(size() > 2_000_000);
            store.delete("b");
            assertEquals(0, size());
            store.append("a", Bytes.utf8("again"));
            assertEquals("again", store.get("a").toUtf8());
        }
    }

    @Test
    void thousandsOfThreadsNeedFewSegments() throws Exception {
        int threads = 2000;
        try (FilePartd store = Partds.file(directory)) {
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String key = "key" + i % 10;
                Thread thread = new Thread(
                        null,
                        () -> {
                            await(start);
                            store.append(key, Bytes.utf8("x"));
                        },
                        "appender" + i,
                        64 << 10);
                thread.start();
                all.add(thread);
            }
            start.countDown();
            for (Thread thread : all) thread.join();
            assertEquals(threads, store.stats().liveBytes());
            assertTrue(store.stats().segments() <= 8, store.stats().toString());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One column of many is a part of a value: it is read and checked without the rest. */
    @Test
    void aPartOfAValueChecksOnlyTheBlocksThatItTouches() throws IOException {
        byte[] value = new byte[3_000_000];
        new Random(7).nextBytes(value);
        try (FilePartd store = Partds.file(directory)) {
            store.append("a", Bytes.of(value));
        }
        int broken = 20 * SegmentFormat.MAX_BLOCK + 5;
        flip(value, broken);
        try (FilePartd store = Partds.file(directory)) {
            Bytes read = store.get("a");
            assertEquals(value.length, read.size());
            int from = 21 * SegmentFormat.MAX_BLOCK;
            assertEquals(
                    ByteBuffer.wrap(value, from, value.length - from),
                    read.slice(from, value.length).buffers().get(0));
            assertArrayEquals(
                    slice(value, 10, 20 * SegmentFormat.MAX_BLOCK),
                    read.slice(10, 20L * SegmentFormat.MAX_BLOCK).toArray());
            CorruptPartdException thrown = assertThrows(
                    CorruptPartdException.class,
                    () -> read.slice(broken + 100, broken + 101).toArray());
            assertTrue(thrown.getMessage().contains(segments().get(0).toString()), thrown.getMessage());
            assertThrows(CorruptPartdException.class, read::toArray);
            assertThrows(CorruptPartdException.class, read::buffers);
            assertThrows(
                    CorruptPartdException.class, () -> read.newInputStream().readAllBytes());
        }
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    /** Flips a bit of the only segment, where this value lies at that offset. */
    private void flip(byte[] value, int at) throws IOException {
        Path file = segments().get(0);
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        while (!java.util.Arrays.equals(bytes, start, start + 100, value, 0, 100)) start++;
        try (RandomAccessFile segment = new RandomAccessFile(file.toFile(), "rw")) {
            segment.seek(start + at);
            segment.write(bytes[start + at] ^ 1);
        }
    }

    @Test
    void anInterruptThatCameBeforeEndsCompaction() {
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 0; i < 10; i++) store.append("a", Bytes.utf8("x"));
            Thread.currentThread().interrupt();
            String message =
                    assertThrows(UncheckedIOException.class, store::compact).getMessage();
            assertTrue(message.contains("interrupted") && message.contains("nothing was changed"), message);
            store.append("a", Bytes.utf8("y"));
            assertEquals("x".repeat(10) + "y", store.get("a").toUtf8());
            assertTrue(Thread.interrupted(), "the flag stays set");
            assertTrue(store.stats().chunksPerKey().get("a") > 1);
            store.compact();
            assertEquals("x".repeat(10) + "y", store.get("a").toUtf8());
        } finally {
            Thread.interrupted(); // a test that failed may leave it set
        }
    }

    @Test
    void whatWasReadOutlivesTheStore() {
        byte[] large = new byte[5_000_000];
        new Random(8).nextBytes(large);
        Bytes fromMap;
        Bytes fromTail;
        try (FilePartd store = Partds.file(directory)) {
            store.append("large", Bytes.of(large));
            for (int i = 0; i < 1000; i++) store.append("small", Bytes.utf8("0123456789"));
            fromMap = store.get("large");
            fromTail = store.get("small");
            store.compact();
            store.drop();
        }
        assertEquals(0, size());
        assertArrayEquals(large, fromMap.toArray());
        assertEquals("0123456789".repeat(1000), fromTail.toUtf8());
    }

    @Test
    void aRecordOfManyKindsOfBytesIsWrittenAsItIs() {
        Map<String, Bytes> values = new HashMap<>();
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(40_000)];
            random.nextBytes(bytes);
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            values.put("heap" + i, Bytes.of(bytes));
            values.put("direct" + i, Bytes.of(direct));
            values.put("both" + i, Bytes.of(direct, ByteBuffer.wrap(bytes), direct.asReadOnlyBuffer()));
        }
        try (FilePartd store = Partds.file(directory)) {
            store.append(values);
            values.forEach((key, value) -> assertEquals(value, store.get(key), key));
            store.append("copy", store.get("both7"));
            assertEquals(values.get("both7"), store.get("copy"));
        }
    }

    @Test
    void aValueOfManySmallAndLargePiecesIsWrittenAsItIs() {
        Random random = new Random(10);
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 16 << 10 : 1 + random.nextInt(9)];
            random.nextBytes(bytes);
            pieces.add(
                    i % 2 == 0
                            ? ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()
                            : ByteBuffer.wrap(bytes));
        }
        Bytes value = Bytes.of(pieces.toArray(ByteBuffer[]::new));
        try (FilePartd store = Partds.file(directory)) {
            store.append(Map.of("a", value, "b", value.slice(1, value.size() - 3)));
            assertEquals(value, store.get("a"));
            assertEquals(value.slice(1, value.size() - 3), store.get("b"));
        }
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long size() {
        return segments().stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
