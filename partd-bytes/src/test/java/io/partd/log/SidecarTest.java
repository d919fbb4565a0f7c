package io.partd.log;

import io.partd.SampleStores;
import io.partd.disk.LocalMedium;
import io.partd.file.StoreFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The index that is kept of a dead writer's segment is a help, and its lack no failure. */
class SidecarTest {
    @TempDir
    Path directory;

    /** Another handle's compaction may take the segment away before its index is kept. */
    @Test
    void noWarningWhereACompactionWasFaster() throws IOException {
        SampleStores.Sample sample = SampleStores.unfinished(directory.resolve("a"));
        Path copy = directory.resolve("copy");
        StoreFiles.put(sample.files(), copy);
        String name = StoreFiles.segment(sample.files());
        try (Medium medium = new LocalMedium(copy)) {
            ByteBuffer bytes = SegmentFormat.allocate(SegmentHeader.SIZE);
            Source source = medium.open(name, bytes.capacity());
            source.read(0, bytes);
            Segment segment = new Segment(name, SegmentHeader.read(bytes, name), source, 0);
            Index index = new Index();
            List<LogRecord> logged = warnings(() -> new RecoveringLoader(deletedBeforeSync(medium), writer -> false)
                    .load(segment, false, index, 0, Long.MAX_VALUE));
            assertEquals(List.of(), logged.stream().map(LogRecord::getMessage).toList());
            assertEquals(sample.content().keySet(), index.keys());
            assertTrue(segment.finished);
            assertEquals(List.of("partd.control"), medium.list());
        }
    }

    private static GrowingMedium deletedBeforeSync(Medium medium) {
        return (GrowingMedium) Proxy.newProxyInstance(
                Medium.class.getClassLoader(), new Class<?>[] {GrowingMedium.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sync")) medium.delete((String) arguments[0]);
                    try {
                        return method.invoke(medium, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Step {
        void run() throws IOException;
    }

    private static List<LogRecord> warnings(Step step) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.partd");
        logger.addHandler(handler);
        try {
            step.run();
        } finally {
            logger.removeHandler(handler);
        }
        return records;
    }
}
