package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * docs/format.md is enough to read a store that commits have made: a reader in Python that was written from it sees the
 * same. GoldenStoresTest of partd-bytes reads one that was written once.
 */
final class GoldenCommitsTest {
    private static final Path READER = Path.of("../partd-bytes/src/test/resources/golden/format/read_store.py");
    private static final Configuration CONF = new Configuration();

    /**
     * A local store that was copied there, and commits of several tasks, of deletes, of a compaction; and leftovers.
     */
    private static void write(Path directory, boolean compacted) throws IOException {
        try (FilePartd local = Partds.file(directory)) {
            local.append(Map.of("a", Bytes.utf8("local "), "gone", Bytes.utf8("x"), "kept", Bytes.of(new byte[9000])));
            local.append("a", Bytes.utf8("twice "));
            local.delete("gone");
        }
        Files.delete(directory.resolve("partd.control"));
        Files.delete(directory.resolve("partd.lock"));
        URI store = directory.toUri();
        Commit.to(store, CONF, "job 1")
                .add(task(store, "first "))
                .add(task(store, "second "))
                .properties(Map.of("name", "value"))
                .run();
        Commit.to(store, CONF, "job 2")
                .delete(List.of("kept", "b"))
                .add(task(store, "third "))
                .run();
        if (compacted) Maintenance.compact(store, CONF);
        Commit.to(store, CONF, "job 3").add(task(store, "fourth ")).run();
        task(store, "never committed ");
    }

    private static List<WrittenSegment> task(URI store, String value) {
        try (HadoopWriter writer = HadoopWriter.open(store, CONF)) {
            writer.append(Map.of("a", Bytes.utf8(value)), Map.of("a", Bytes.utf8("head ")));
            writer.append(Map.of("b", Bytes.utf8(value), "empty", Bytes.EMPTY));
            writer.append("a", Bytes.utf8("more "));
            return writer.seal();
        }
    }

    @Test
    @Tag("optional")
    void pythonReadsWhatIsCommitted(@TempDir Path directory) throws Exception {
        for (boolean compacted : new boolean[] {false, true}) {
            Path store = Files.createDirectory(directory.resolve("store " + compacted));
            write(store, compacted);
            assertEquals(lines(store), python(store), () -> "compacted: " + compacted);
        }
    }

    private static List<String> lines(Path store) throws Exception {
        List<String> lines = new ArrayList<>();
        try (HadoopPartd partd = HadoopPartd.open(store.toUri(), CONF)) {
            for (String key : partd.keys()) {
                byte[] value = partd.get(key).toArray();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
                String hex = HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
                lines.add(hex + " " + value.length + " " + HexFormat.of().formatHex(digest));
            }
        }
        return lines;
    }

    private static List<String> python(Path store) throws Exception {
        Process process = new ProcessBuilder("/usr/bin/python3", READER.toString(), store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }

    /** Writes the golden store into a directory; to be done once for each version of the format. */
    public static void main(String[] args) throws IOException {
        write(Files.createDirectories(Path.of(args[0])), false);
    }
}
