package io.partd.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FileLocksTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("locks");
    }

    /** What cannot be remembered is not taken, and can be taken later. */
    @Test
    void withoutMemoryNothingIsTaken() throws IOException {
        try (FileLocks locks = new FileLocks(file, new NoMemoryOnce())) {
            assertThrows(OutOfMemoryError.class, () -> locks.tryExclusive(FileLocks.MAIN));
            assertFalse(locks.holds(FileLocks.MAIN));
            assertTrue(locks.tryExclusive(FileLocks.MAIN));
            assertTrue(locks.holds(FileLocks.MAIN));
        }
    }

    private static final class NoMemoryOnce extends HashMap<Long, FileLock> {
        private static final long serialVersionUID = 1;

        private boolean failed;

        @Override
        public FileLock put(Long at, FileLock lock) {
            if (failed) return super.put(at, lock);
            failed = true;
            throw new OutOfMemoryError("a test");
        }
    }

    /** To wait for it would be to wait for ever. */
    @Test
    void aLockThatNobodyKnowsIsAnErrorAndNotBusy() throws IOException {
        try (FileLocks locks = new FileLocks(file);
                FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock unknown = other.tryLock(FileLocks.MAIN, 1, false);
            assertThrows(UncheckedIOException.class, () -> locks.tryShared(FileLocks.MAIN));
            unknown.release();
            assertTrue(locks.tryShared(FileLocks.MAIN));
        }
    }
}
