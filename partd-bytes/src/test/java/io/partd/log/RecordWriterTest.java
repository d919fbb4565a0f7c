package io.partd.log;

import io.partd.Bytes;
import io.partd.Door;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where the system calls end that write one record. */
class RecordWriterTest {
    private static final int PAGE = 4096;

    /** Notes up to where each write went. */
    private static final class Ends implements Sink {
        final List<Long> ends = new ArrayList<>();
        long end;

        @Override
        public void write(ByteBuffer[] buffers, int count) {
            for (int i = 0; i < count; i++) {
                end += buffers[i].remaining();
                buffers[i].position(buffers[i].limit());
            }
            ends.add(end);
        }

        @Override
        public void sync() {}

        @Override
        public void seal() {}

        @Override
        public void abort() {}
    }

    /**
     * The system may keep a page as it was between two writes when the power goes. Then it must not have a part of the
     * record and zeros behind it: that could not be told from a page that was damaged.
     */
    @Test
    void aRecordIsWrittenInWholePages() throws IOException {
        long seed = System.nanoTime();
        System.out.println("aRecordIsWrittenInWholePages: seed " + seed);
        Random random = new Random(seed);
        int several = 0;
        for (int i = 0; i < 200; i++) {
            Ends out = new Ends();
            RecordWriter writer = new RecordWriter();
            SegmentHeader header = new SegmentHeader(1, 2, 3, 0, false);
            DirectoryLog log = new DirectoryLog(1, "segment");
            long end = writer.write(
                    out, 0, header, Door.content(Map.of("k", Bytes.of(new byte[100])), Map.of()), 1, 0, log);
            log.keep();
            out.ends.clear();
            long last = writer.write(out, end, header, Door.content(values(random), Map.of()), 2, 0, log);
            assertEquals(last, out.end);
            out.ends.remove(out.ends.size() - 1);
            for (long between : out.ends) assertEquals(0, between % PAGE, "a write ends at " + between);
            several += out.ends.size();
        }
        assertTrue(several > 100, "records were too small to be split");
    }

    private static Map<String, Bytes> values(Random random) {
        Map<String, Bytes> values = new TreeMap<>();
        boolean many = random.nextBoolean();
        int most = many ? 40_000 : 3_000_000;
        for (int i = many ? 1 + random.nextInt(800) : 1 + random.nextInt(3); i > 0; i--) {
            int length = random.nextInt(most);
            ByteBuffer value = random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
            values.put("key" + i, Bytes.of(value));
        }
        return values;
    }
}
