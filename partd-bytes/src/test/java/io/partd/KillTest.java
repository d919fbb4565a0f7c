package io.partd;

import io.partd.testing.KillRun;
import io.partd.testing.OneJdk;
import io.partd.testing.SharedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Point 4: a writer is killed with {@code kill -9}, again and again; nothing acknowledged is lost, no half of an append
 * is seen.
 */
class KillTest {
    private static final SharedStore STORE = SharedStore.FILE;
    private static final long SEED = Long.getLong("partd.seed", 1);

    @TempDir
    Path directory;

    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    @Test
    void aFewTimes() throws InterruptedException {
        new KillRun(STORE, directory, 5, SEED).run();
    }

    /** A writer that died may not have said what it wrote; who only reads cannot say it in its place. */
    @ParameterizedTest
    @EnumSource(names = {"FILE_READ", "FILE_SCANNED"})
    void aFewTimesWhileOneOnlyReads(SharedStore store) throws InterruptedException {
        new KillRun(store, directory, 5, SEED).run();
    }

    @Test
    @Tag("slow")
    void aHundredTimes() throws InterruptedException {
        new KillRun(STORE, directory, 100, SEED).run();
    }
}
