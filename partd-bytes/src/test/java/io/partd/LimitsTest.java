package io.partd;

import io.partd.testing.ChildProcess;
import io.partd.testing.InMemory;
import io.partd.testing.LimitsMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Many segments with few file descriptors, many chunks in little memory, and values that no array can hold. */
@Tag("slow")
@Timeout(300)
class LimitsTest {
    private static final int PIECE = 100 << 20;
    private static final int PIECES = 22;

    @TempDir
    Path directory;

    @Test
    void tenThousandSegmentsWithFewDescriptors(@TempDir(factory = InMemory.class) Path memory) throws Exception {
        List<String> lines = run("ulimit -n 256 && exec \"$@\"", "segments", memory);
        assertEquals(List.of("segments " + LimitsMain.SEGMENTS, "compacted to 1", "done"), lines);
    }

    @Test
    void theIndexIsSmall() throws Exception {
        List<String> lines = run("exec \"$@\"", "index", directory);
        System.out.println("index of a million chunks: " + lines);
        assertEquals("done", lines.get(2));
        long bytes = Long.parseLong(lines.get(0).split(" ")[1]);
        long compacted = Long.parseLong(lines.get(1).split(" ")[1]);
        assertTrue(bytes < 40L * LimitsMain.CHUNKS, "bytes of index: " + bytes);
        assertTrue(compacted < 2L * LimitsMain.CHUNKS, "bytes of index when compacted: " + compacted);
    }

    private List<String> run(String shell, String task, Path directory) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("/bin/sh", "-c", shell, "sh"));
        command.addAll(ChildProcess.command(LimitsMain.class, task, directory.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }

    /** Appended in pieces, read as a stream; and the same when it lies in one chunk, over several maps. */
    @Test
    void aValueOfMoreThanTwoGigabytes() throws IOException {
        CRC32C expected = new CRC32C();
        try (FilePartd store = Partds.file(directory)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            byte[] noise = new byte[1 << 20];
            new Random(1).nextBytes(noise);
            while (piece.remaining() >= noise.length) piece.put(noise);
            piece.flip();
            for (int i = 0; i < PIECES; i++) {
                piece.putInt(0, i);
                store.append("k", Bytes.of(piece));
                expected.update(piece.duplicate());
            }
            store.append("small", Bytes.utf8("s"));
            check(store, expected.getValue(), PIECES);
            store.compact();
            assertEquals(1, store.stats().chunksPerKey().get("k"));
            check(store, expected.getValue(), 1);
        }
        try (FilePartd store = Partds.file(directory)) {
            check(store, expected.getValue(), 1);
        }
    }

    private static void check(FilePartd store, long crc, int chunks) throws IOException {
        assertEquals(chunks, store.stats().chunksPerKey().get("k"));
        Bytes value = store.get("k");
        assertEquals((long) PIECE * PIECES, value.size());
        assertEquals(crc, crc(value));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, value::toArray);
        assertTrue(e.getMessage().contains("newInputStream()"), e.getMessage());
        for (int i = 0; i < PIECES; i++) {
            long at = (long) i * PIECE;
            assertEquals(i, ByteBuffer.wrap(value.slice(at, at + 4).toArray()).getInt(), "piece " + i);
        }
        assertEquals(Bytes.utf8("s"), store.get("small"));
    }

    private static long crc(Bytes value) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = value.newInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) crc.update(buffer, 0, read);
        }
        return crc.getValue();
    }
}
