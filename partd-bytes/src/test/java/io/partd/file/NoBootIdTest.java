package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.disk.LocalMedium;
import io.partd.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A system that does not tell since when it runs: who has a store to himself takes the control file for old. */
@Isolated
class NoBootIdTest {
    private static final Path NONE = Path.of("/there is no such file");
    private static final Bytes V = Bytes.utf8("v");

    @TempDir
    Path directory;

    private Path bootId;

    @BeforeEach
    void takeAway() {
        bootId = LocalMedium.bootIdFile;
        LocalMedium.bootIdFile = NONE;
    }

    @AfterEach
    void putBack() {
        LocalMedium.bootIdFile = bootId;
    }

    /** The words are rebuilt by who is alone, from a control file that knows nothing. */
    @Test
    void theControlFileIsRebuiltByWhoIsAlone() throws IOException {
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", V);
            store.append("dropped", V);
            store.drop();
            store.append("k", V);
        }
        Files.write(directory.resolve(ControlFile.FILE), new byte[ControlFile.SIZE]);
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", Bytes.utf8("w"));
            assertEquals("vw", store.get("k").toUtf8());
            store.delete("k");
            assertEquals(Bytes.EMPTY, store.get("k"));
        }
        assertEquals(List.of(), List.copyOf(StoreFiles.content(directory).keySet()));
    }

    /** Nobody can tell whether the machine was started since: what was not synced may still be lost. */
    @Test
    void aFailedFsyncIsNotForgotten() throws IOException {
        Path control = directory.resolve(ControlFile.FILE);
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", V);
        }
        byte[] words = Files.readAllBytes(control);
        words[384] = 1;
        Files.write(control, words);
        try (FilePartd store = Partds.file(directory)) {
            assertThrows(UncheckedIOException.class, store::flush);
            store.compact();
            store.flush();
        }
    }

    /** Beside live handles the words are theirs: another process touches none of them when it opens the store. */
    @Test
    void theWordsOfLiveHandlesStay() throws Exception {
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", V);
            assertEquals(V, store.get("k"));
            byte[] before = Files.readAllBytes(directory.resolve(ControlFile.FILE));
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            try (ChildProcess child = ChildProcess.start(Main.class, lines::add, directory.toString())) {
                child.joinWell();
            }
            assertEquals(List.of("v"), lines);
            byte[] after = Files.readAllBytes(directory.resolve(ControlFile.FILE));
            for (int word : List.of(0, 8, 16, 24, 192, 320, 384, 448)) {
                for (int i = word; i < word + 8; i++) assertEquals(before[i], after[i], "byte " + i);
            }
        }
    }

    @Test
    void aControlFileThatWasOverwrittenUnderLiveHandlesIsRefused() throws Exception {
        Path control = directory.resolve(ControlFile.FILE);
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", V);
            byte[] good = Files.readAllBytes(control);
            Files.delete(control);
            try (ChildProcess child = ChildProcess.start(Main.class, line -> {}, directory.toString())) {
                assertFalse(child.awaitExit() == 0);
                assertTrue(
                        child.failure().getMessage().contains("was removed or overwritten"),
                        () -> child.failure().getMessage());
            }
            Files.write(control, good);
        }
    }

    /** Reads a key, without a boot id too. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            LocalMedium.bootIdFile = NONE;
            try (FilePartd store = Partds.file(args[0])) {
                System.out.println(store.get("k").toUtf8());
            }
        }
    }
}
