package io.partd;

import io.partd.testing.KillRun;
import io.partd.testing.ProcessesRun;
import io.partd.testing.SharedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertThrows;

/** The runs with processes fail where a store does: else they would say nothing. */
class BrokenProcessesTest {
    @TempDir
    Path directory;

    @Test
    void anAppendThatIsAcknowledgedTooEarlyIsFoundWhileOthersRead() {
        ProcessesRun run = new ProcessesRun(SharedStore.SHOWS_LATE, directory, 2, 200);
        assertThrows(AssertionError.class, run::writersAndReaders);
    }

    @Test
    void anAppendThatIsAcknowledgedTooEarlyIsFoundWhenItsWriterIsKilled() {
        assertThrows(AssertionError.class, () -> new KillRun(SharedStore.SHOWS_LATE, directory, 5, 1).run());
    }

    @Test
    void aTornAppendIsFound() {
        ProcessesRun run = new ProcessesRun(SharedStore.TEARS, directory, 2, 400);
        assertThrows(AssertionError.class, run::writersAndReaders);
    }

    @Test
    void aLockThatLocksNothingIsFound() {
        ProcessesRun run = new ProcessesRun(SharedStore.LOCKS_NOTHING, directory, 2, 400);
        assertThrows(AssertionError.class, run::changesInBetween);
    }
}
