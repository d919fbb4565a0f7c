package io.partd;

import io.partd.file.StoreFiles;
import io.partd.marks.Mark;
import io.partd.testing.TornStore;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Stores that version 1 of the format wrote stay readable; and docs/format.md is enough to read a store: a reader in
 * Python that was written from it sees the same.
 */
class GoldenStoresTest {
    private static final String EXPECTED = "expected.txt";

    @TempDir
    Path directory;

    private static Path golden(String name) {
        try {
            return Path.of(GoldenStoresTest.class.getResource("/golden/format").toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"finished", "unfinished", "recovered", "compacted", "dropped", "marked", "committed"})
    void version1(String name) throws IOException {
        SortedMap<String, byte[]> files = StoreFiles.take(golden("v1").resolve(name));
        List<String> expected = new String(files.remove(EXPECTED), StandardCharsets.UTF_8)
                .lines()
                .toList();
        Path copy = directory.resolve(name);
        StoreFiles.put(files, copy);
        assertEquals(expected, lines(copy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"finished", "unfinished", "recovered", "compacted", "dropped", "marked", "committed"})
    @Tag("optional")
    void pythonReadsVersion1(String name) throws IOException {
        Path store = golden("v1").resolve(name);
        assertEquals(Files.readAllLines(store.resolve(EXPECTED)), python(store));
    }

    @Test
    @Tag("optional")
    void pythonReadsWhatWeWriteNow() throws IOException {
        for (SampleStores.Sample sample : write(directory)) {
            Path copy = directory.resolve("copy of " + sample.name());
            StoreFiles.put(sample.files(), copy);
            List<String> python = python(copy);
            assertEquals(lines(copy), python, sample.name());
            assertTrue(python.containsAll(lines(sample.content())), sample.name());
        }
    }

    /** Torn anywhere, or with pages that were lost, Python still sees what we see. */
    @Test
    @Tag("optional")
    void pythonEndsWhereWeEnd() throws IOException {
        TornStore torn = TornStore.small(directory.resolve("x"));
        byte[] whole = torn.unfinished().get(StoreFiles.segment(torn.unfinished()));
        for (int cut = 60; cut < whole.length; cut += 150) {
            Path copy = directory.resolve("cut" + cut);
            SortedMap<String, byte[]> files = new java.util.TreeMap<>(torn.unfinished());
            files.put(StoreFiles.segment(files), java.util.Arrays.copyOf(whole, cut));
            StoreFiles.put(files, copy);
            List<String> python = python(copy);
            assertEquals(lines(copy), python, "cut at " + cut);
            assertEquals(python, python(copy), "with the sidecar");
        }
    }

    private static List<String> python(Path store) throws IOException {
        Process process = new ProcessBuilder(
                        "/usr/bin/python3", golden("read_store.py").toString(), store.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
            assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return lines;
    }

    /** A line for each key of a store, and then its marks. */
    private static List<String> lines(Path copy) {
        try (FilePartd store = Partds.file(copy)) {
            List<String> lines = lines(StoreFiles.content(store));
            lines.addAll(markLines(Door.marks(store)));
            return lines;
        }
    }

    /** For each owner what is settled, and the appends that are not. */
    private static List<String> markLines(List<Mark> marks) {
        SortedSet<String> lines = new TreeSet<>();
        for (Mark mark : marks) {
            String owner = "mark " + mark.owner().toString().replace("-", "");
            lines.add(owner + " settled " + mark.settled());
            if (mark.number() == 0) continue;
            String bits = new BigInteger(1, reversed(mark.written().toByteArray())).toString(16);
            lines.add(String.format(
                    Locale.ROOT, "%s %d %d %08x %s", owner, mark.number(), mark.length(), mark.checksum(), bits));
        }
        return List.copyOf(lines);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) reversed[bytes.length - 1 - i] = bytes[i];
        return reversed;
    }

    /** A line for each key, in the order of the keys' bytes. */
    private static List<String> lines(SortedMap<String, Bytes> content) {
        List<String> lines = new ArrayList<>();
        content.forEach((key, value) -> lines.add(HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8)) + " "
                + value.size() + " " + sha256(value)));
        lines.sort(null);
        return lines;
    }

    private static String sha256(Bytes value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Stores of every kind, the finished and the compacted one with values of several blocks. */
    private static List<SampleStores.Sample> write(Path directory) {
        for (String name : List.of("finished", "compacted")) {
            try (FilePartd store = Partds.file(directory.resolve(name))) {
                byte[] noise = new byte[300];
                new Random(1).nextBytes(noise);
                store.append(Map.of("zeros", Bytes.of(new byte[70_000]), "noise", Bytes.of(noise)));
            }
        }
        return List.of(
                SampleStores.finished(directory.resolve("finished")),
                SampleStores.unfinished(directory.resolve("unfinished")),
                SampleStores.recovered(directory.resolve("recovered")),
                SampleStores.compacted(directory.resolve("compacted")),
                SampleStores.dropped(directory.resolve("dropped")),
                SampleStores.marked(directory.resolve("marked")));
    }

    /** Writes the golden stores into a directory; to be done once for each version of the format. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        for (SampleStores.Sample sample : write(Files.createTempDirectory("golden"))) {
            Path store = target.resolve(sample.name());
            StoreFiles.put(sample.files(), store);
            Path copy = Files.createTempDirectory("copy");
            StoreFiles.put(sample.files(), copy);
            Files.write(store.resolve(EXPECTED), lines(copy));
        }
    }
}
