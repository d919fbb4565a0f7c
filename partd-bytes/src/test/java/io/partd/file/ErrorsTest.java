package io.partd.file;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SampleStores;
import io.partd.log.Resealed;
import io.partd.log.SegmentFormat;
import io.partd.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the world does to a file store is said in words that name the file and what to do. */
class ErrorsTest {
    @TempDir
    Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    @Test
    void aFileInThePlaceOfTheDirectory() throws IOException {
        Files.writeString(store(), "content");
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> Partds.file(store()));
        assertTrue(e.getMessage().contains(store().toString()) && e.getMessage().contains("is a file"), e.getMessage());
        assertEquals("content", Files.readString(store()));
    }

    @Test
    void aFileInThePlaceOfAParent() throws IOException {
        Files.writeString(store(), "content");
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> Partds.file(store().resolve("below")));
        assertTrue(e.getMessage().contains(store().toString()), e.getMessage());
    }

    @Test
    void missingParentsAreMade() {
        Path deep = directory.resolve("a/b/c/store");
        try (FilePartd store = Partds.file(deep)) {
            store.append("k", Bytes.utf8("v"));
            store.flush();
        }
        assertEquals(Map.of("k", Bytes.utf8("v")), StoreFiles.content(deep));
    }

    @Test
    void aNewerSegment() {
        SampleStores.Sample sample = SampleStores.finished(store());
        newer(sample, StoreFiles.segment(sample.files()), bytes -> {
            bytes.putInt(8, 2);
            bytes.putInt(60, SegmentFormat.crc(bytes, 0, 60));
        });
    }

    @Test
    void aNewerManifest() {
        newer(SampleStores.compacted(store()), SegmentFormat.MANIFEST, bytes -> {
            bytes.putLong(8, 2);
            Resealed.reseal(SegmentFormat.MANIFEST, bytes);
        });
    }

    @Test
    void aNewerControlFile() {
        newer(SampleStores.finished(store()), ControlFile.FILE, bytes -> {
            bytes.putLong(8, 2);
            bytes.putLong(24, SegmentFormat.crc(bytes, 0, 24) & 0xffffffffL);
        });
    }

    private void newer(SampleStores.Sample sample, String name, Consumer<ByteBuffer> change) {
        byte[] bytes = sample.files().get(name).clone();
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Path copy = directory.resolve("copy");
        SortedMap<String, byte[]> files = SampleStores.with(sample, name, bytes);
        StoreFiles.put(files, copy);
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> Partds.file(copy));
        for (String part : List.of(copy.resolve(name).toString(), "version 2", "newer partd")) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
        SortedMap<String, byte[]> after = StoreFiles.take(copy);
        assertEquals(files.keySet(), after.keySet());
        files.forEach((file, content) -> assertArrayEquals(stored(file, content), stored(file, after.get(file)), file));
    }

    /**
     * Without the words of the control file that say which files are open: they are a process's for as long as it
     * tries.
     */
    private static byte[] stored(String file, byte[] content) {
        byte[] stored = content.clone();
        if (!file.equals(ControlFile.FILE)) return stored;
        for (int at : List.of(ControlFile.LOCK_FILE_AT, ControlFile.SELF_AT)) {
            Arrays.fill(stored, at, at + Long.BYTES, (byte) 0);
        }
        return stored;
    }

    /** The directory goes while the store is open: what fails says where. */
    @Test
    void theDirectoryIsDeletedWhileOpen() {
        try (FilePartd store = Partds.file(store(), FileOptions.defaults().withSegmentBytes(100))) {
            store.append("k", Bytes.utf8("v"));
            assertEquals(Bytes.utf8("v"), store.get("k"));
            StoreFiles.delete(store());
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> {
                store.append("k", Bytes.utf8("w"));
                store.append("k", Bytes.utf8("x".repeat(100)));
                store.get("k");
            });
            assertTrue(e.getMessage().contains(store().toString()), e.getMessage());
            assertThrows(UncheckedIOException.class, store::flush);
        }
    }

    /** The control file goes while the store is open: nothing that was appended is lost. */
    @Test
    void theControlFileIsDeletedWhileOpen() throws IOException {
        try (FilePartd store = Partds.file(store())) {
            store.append("k", Bytes.utf8("1"));
            Files.delete(store().resolve(ControlFile.FILE));
            store.append("k", Bytes.utf8("2"));
            assertEquals(Bytes.utf8("12"), store.get("k"));
        }
        assertEquals(Map.of("k", Bytes.utf8("12")), StoreFiles.content(store()));
    }

    /** Failing to open leaves nothing open. */
    @Test
    void failedOpensLeakNothing() throws IOException {
        SampleStores.Sample sample = SampleStores.compacted(directory.resolve("x"));
        byte[] manifest = sample.files().get(SegmentFormat.MANIFEST);
        manifest[20] ^= 1;
        StoreFiles.put(sample.files(), store());
        long before = openFiles();
        for (int i = 0; i < 50; i++) assertThrows(CorruptPartdException.class, () -> Partds.file(store()));
        assertTrue(openFiles() - before < 10, () -> "files were left open");
    }

    private static long openFiles() {
        return ((com.sun.management.UnixOperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }

    @Test
    @Tag("optional")
    void noPermission() throws Exception {
        SampleStores.finished(store());
        Path copy = directory.resolve("copy");
        for (String mode : List.of("rwx------", "r-xr-xr-x")) {
            StoreFiles.put(StoreFiles.take(store()), copy);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
            String output = asNobody(copy);
            assertTrue(output.contains("no permission for " + copy), output);
            assertTrue(output.contains("give the user read and write permission"), output);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertEquals(StoreFiles.content(store()), StoreFiles.content(copy));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        String output = asNobody(directory.resolve("new"));
        assertTrue(output.contains("no permission for " + directory.resolve("new")), output);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a JVM of a user without rights says when it opens the store. */
    private static String asNobody(Path store) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(ChildProcess.command(Opening.class, store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor(), output);
        return output;
    }

    /** Opens a store, and says why it cannot be. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) {
            try (FilePartd store = Partds.file(args[0])) {
                System.out.println("opened " + store + Arrays.toString(args));
            } catch (UncheckedIOException e) {
                System.out.println(e.getMessage());
                System.exit(3);
            }
        }
    }
}
