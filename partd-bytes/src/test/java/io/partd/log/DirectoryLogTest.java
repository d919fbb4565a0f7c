package io.partd.log;

import io.partd.Bytes;
import io.partd.Door;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The index that is made while a segment is written is the one that a walk over the file gives. */
class DirectoryLogTest {
    private static final long ID = 7;

    /** A file in memory that refuses some records. */
    private static final class Refusing implements Sink, Source {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private byte[] all = {};
        boolean refuses;

        @Override
        public void write(ByteBuffer[] buffers, int count) throws IOException {
            if (refuses) throw new IOException("full");
            for (int i = 0; i < count; i++) {
                byte[] part = new byte[buffers[i].remaining()];
                buffers[i].get(part);
                bytes.write(part, 0, part.length);
            }
        }

        @Override
        public int read(long position, ByteBuffer dst) {
            if (all.length < bytes.size()) all = bytes.toByteArray();
            int length = Math.min(dst.remaining(), all.length - (int) position);
            dst.put(all, (int) position, length);
            return length;
        }

        @Override
        public String describe() {
            return "memory";
        }

        @Override
        public void sync() {}

        @Override
        public void seal() {}

        @Override
        public void abort() {}
    }

    /** The limits: an index after each record, now and then, and only at the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20_000, 32 << 20})
    void isTheIndexOfTheFile(long limit) throws IOException {
        long seed = System.nanoTime();
        System.out.println("isTheIndexOfTheFile(" + limit + "): seed " + seed);
        Random random = new Random(seed);
        Refusing file = new Refusing();
        DirectoryLog log = new DirectoryLog(ID, "memory", limit);
        RecordWriter writer = new RecordWriter();
        SegmentHeader header = new SegmentHeader(ID, 2, 3, 0, false);
        long position = 0;
        for (int stamp = 1; stamp <= 1000; stamp++) {
            file.refuses = random.nextInt(4) == 0;
            try {
                position = writer.write(file, position, header, record(random), stamp, 0, log);
                log.keep();
            } catch (IOException e) {
                assertTrue(file.refuses);
                log.undo();
            }
        }
        assertEquals(position, file.bytes.size());
        Index walked = walk(file);
        assertTrue(walked.removals() > 0);
        Index made = log.index();
        assertEquals(IndexCodec.encode(walked), IndexCodec.encode(made));
        assertEquals(walked.lastStamp(), made.lastStamp());
        assertEquals(walked.valueBytes(), made.valueBytes());
    }

    private static Index walk(Refusing file) throws IOException {
        Index walked = new Index();
        SegmentScanner scanner = new SegmentScanner(file, ID, SegmentHeader.SIZE, file.bytes.size());
        while (scanner.peek() != null) {
            scanner.addTo(walked, 0);
            scanner.take();
        }
        return walked;
    }

    private static RecordContent record(Random random) {
        if (random.nextInt(10) == 0) return RecordContent.delete(List.of("key" + random.nextInt(50)));
        Map<String, Bytes> values = new TreeMap<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            int length = random.nextInt(20) == 0 ? 100_000 : random.nextInt(100);
            values.put("key" + random.nextInt(50), Bytes.of(new byte[length]));
        }
        return Door.content(values, Map.of());
    }

    /** A directory for which there is no memory is no reason to refuse a record; the footer has to do without it. */
    @Test
    void tooLittleMemory(@TempDir Path directory) throws IOException {
        try (FileChannel file = FileChannel.open(directory.resolve("large"), CREATE_NEW, SPARSE, READ, WRITE)) {
            ByteBuffer huge = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            DirectoryLog log = new DirectoryLog(ID, "memory");
            log.add(huge, 0, Integer.MAX_VALUE);
            log.keep();
            log.add(huge, 0, 100);
            log.undo();
            assertThrows(OutOfMemoryError.class, log::index);
        }
    }
}
