package io.partd.cli;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.cli.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Commands that are interrupted, whose readers go away, or that run beside each other. */
@Tag("slow")
@Timeout(120)
class SignalsIT {
    private static final int BATCHES = 200;
    private static final int BATCH_ROWS = 1_000;

    @TempDir
    Path directory;

    /** The input stays open and gives no more: the shuffle waits in the middle of it until it is interrupted. */
    @Test
    void ctrlCKeepsWhatWasRead() throws Exception {
        Path store = directory.resolve("interrupted");
        Process shuffle =
                Script.startSignalled("INT", "shuffle", "-", "--by", "number", "--partitions", 4, "--to", store);
        try (OutputStream input = shuffle.getOutputStream()) {
            writeBatches(input);
            Script.signal(shuffle, "INT");
            assertTrue(shuffle.waitFor(60, TimeUnit.SECONDS), "an interrupt does not end it");
        }
        assertEquals(130, shuffle.exitValue());
        String said = new String(shuffle.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.startsWith("partd shuffle: interrupted; the rows that were read before that are in "), said);
        assertTrue(said.endsWith("removes them\n"), said);
        String sound = Script.run("verify", store).succeeded().out();
        Matcher rows =
                Pattern.compile("sound: 4 tables with ([\\d,]+) rows.*\n").matcher(sound);
        assertTrue(rows.matches(), sound);
        long kept = Long.parseLong(rows.group(1).replace(",", ""));
        // What fills the pipe and the reader's buffer was written, and not read.
        long unread = (2 * 64 << 10) / (BATCH_ROWS * Long.BYTES) + 2;
        assertTrue(kept % BATCH_ROWS == 0 && kept >= (BATCHES - unread) * BATCH_ROWS, sound);
    }

    /** Writes an Arrow stream but for the last byte of its last batch. */
    private static void writeBatches(OutputStream input) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                BigIntVector numbers = new BigIntVector("number", allocator);
                VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, stream)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                for (int row = 0; row < BATCH_ROWS; row++) numbers.setSafe(row, batch * BATCH_ROWS + row);
                root.setRowCount(BATCH_ROWS);
                writer.writeBatch();
            }
            input.write(stream.toByteArray(), 0, stream.size() - 1);
            input.flush();
        }
    }

    @Test
    void closedPipesAreQuiet() throws Exception {
        Path store = directory.resolve("flights");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 2, "--to", store)
                .succeeded();
        for (String command : new String[] {"cat %s 0", "export %s --format csv", "export %s --format arrow"}) {
            Process process = Script.start(
                    (Object[]) String.format(Locale.ROOT, command, store).split(" "));
            assertTrue(process.getInputStream().read() >= 0);
            process.getInputStream().close();
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), command);
            assertEquals("", errors);
            assertEquals(141, process.exitValue(), command);
        }
    }

    @Test
    void twoAtOnceBothAppend() throws Exception {
        Path store = directory.resolve("shared");
        Object[] command = {"shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store, "--append"};
        Process one = Script.start(command);
        Process two = Script.start(command);
        Script.finish(one).succeeded();
        Script.finish(two).succeeded();
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 228 tables with 400,000 rows"), sound);
    }

    /** Without --append exactly one of them has the store, whoever comes first. */
    @Test
    void twoAtOnceWithoutAppend() throws Exception {
        Path store = directory.resolve("contested");
        Object[] command = {"shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store};
        Process one = Script.start(command);
        Process two = Script.start(command);
        Script.Result first = Script.finish(one);
        Script.Result second = Script.finish(two);
        assertEquals(1, first.code() + second.code(), () -> first + "\n" + second);
        (first.code() == 1 ? first : second).failed(1, "--append");
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 228 tables with 200,000 rows"), sound);
    }

    @Test
    void aStoreThatAnotherHasLockedIsRefused() throws Exception {
        Path store = directory.resolve("locked");
        try (FilePartd partd = Partds.file(store)) {
            partd.lock().lock();
            Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store)
                    .failed(1, "another process is writing to", "--append");
            partd.lock().unlock();
        }
    }
}
