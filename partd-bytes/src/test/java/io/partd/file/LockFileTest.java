package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.testing.ChildProcess;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Somebody deletes the lock file: those who open the store then would not see those who have it open. */
class LockFileTest {
    @TempDir
    Path temporary;

    private Path directory;
    private Path lockFile;

    @BeforeEach
    void name() {
        directory = temporary.resolve("store");
        lockFile = directory.resolve(SharedDirectory.LOCK_FILE);
    }

    private void expect(String value) {
        try (FilePartd store = Partds.file(directory)) {
            assertEquals(value, store.get("k").toUtf8());
        }
    }

    private void expectRefusal() {
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> Partds.file(directory));
        assertTrue(refused.getMessage().contains("partd.lock was removed or replaced"), refused.getMessage());
    }

    @Test
    void underAnOpenStoreNobodyElseOpensIt() throws Exception {
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", Bytes.utf8("v1"));
            Files.delete(lockFile);
            expectRefusal();
            expectRefusal();
            store.append("k", Bytes.utf8("v2"));
            store.flush();
            assertEquals("v1v2", store.get("k").toUtf8());
        }
        expect("v1v2");
    }

    @Test
    void whereNobodyHasTheStoreOpenItMayGo() throws Exception {
        try (FilePartd first = Partds.file(directory);
                FilePartd second = Partds.file(directory)) {
            first.append("k", Bytes.utf8("v1"));
            second.append("k", Bytes.utf8("v2"));
        }
        Files.delete(lockFile);
        expect("v1v2");
    }

    /** Nobody can tell whether processes that did not close the store were killed; the message says what to do. */
    @Test
    void afterAKillTheControlFileGoesToo() throws Exception {
        try (ChildProcess child = ChildProcess.start(DyingMain.class, line -> {}, directory.toString(), "append")) {
            assertEquals(DyingMain.DEAD, child.awaitExit());
        }
        Path kept = Files.move(lockFile, temporary.resolve("kept")); // so that no other file gets its inode
        expectRefusal();
        Files.delete(directory.resolve(ControlFile.FILE));
        expect("V");
        Files.delete(kept);
    }

    /** As its files say: the lock file need not be copied. */
    @Test
    void aCopyOfAnOpenStoreIsAStoreOfItsOwn() throws Exception {
        try (FilePartd store = Partds.file(directory)) {
            store.append("k", Bytes.utf8("v1"));
            StoreFiles.put(StoreFiles.take(directory), temporary.resolve("copy"));
        }
        directory = temporary.resolve("copy");
        expect("v1");
    }
}
