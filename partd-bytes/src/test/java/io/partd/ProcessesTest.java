package io.partd;

import io.partd.testing.OneJdk;
import io.partd.testing.ProcessesRun;
import io.partd.testing.SharedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Point 7, between processes: several append to one store at once, and each chunk is there exactly once, in order per
 * writer.
 */
@Tag("slow")
class ProcessesTest {
    private static final SharedStore STORE = SharedStore.FILE;
    private static final int QUICK = 150;
    private static final int LONG = 2000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void readersSeeWhatWasAcknowledged(int processes) throws InterruptedException {
        new ProcessesRun(STORE, directory, processes, QUICK).writersAndReaders();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void someDeleteAndOneCompactsAndDrops(int processes) throws InterruptedException {
        new ProcessesRun(STORE, directory, processes, QUICK).changesInBetween();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void ofRacingProcessesExactlyOneSets(int processes) throws InterruptedException {
        new ProcessesRun(STORE, directory, processes, QUICK).setOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"FILE_READ", "FILE_SCANNED"})
    void whoOnlyReadsSeesWhatWasAcknowledged(SharedStore store) throws InterruptedException {
        new ProcessesRun(store, directory, 2, QUICK).writersAndReaders();
    }

    @ParameterizedTest
    @EnumSource(names = {"FILE_READ", "FILE_SCANNED"})
    void whoOnlyReadsSeesNoHalfOfChanges(SharedStore store) throws InterruptedException {
        new ProcessesRun(store, directory, 2, QUICK).changesInBetween();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void readersSeeWhatWasAcknowledgedForLong(int processes) throws InterruptedException {
        OneJdk.assumeFirst();
        new ProcessesRun(STORE, directory, processes, LONG).writersAndReaders();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void someDeleteAndOneCompactsAndDropsForLong(int processes) throws InterruptedException {
        OneJdk.assumeFirst();
        new ProcessesRun(STORE, directory, processes, LONG).changesInBetween();
    }
}
