package io.partd;

import io.partd.testing.BytesContract;
import io.partd.testing.Fault;
import io.partd.testing.Nesting;
import io.partd.testing.Persistence;
import io.partd.testing.RandomRun;
import io.partd.testing.ReferencePartd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A contract that cannot fail says nothing: every fault that we could think of is found by the tests that are there for
 * it.
 */
class BrokenStoresTest {
    /** Some faults show only when threads meet, which a busy machine may keep from happening. */
    private static final int ATTEMPTS = 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theContractFindsIt(Fault fault) {
        for (Fault.Check check : fault.checks()) {
            boolean found = false;
            for (int i = 0; i < ATTEMPTS && !found; i++) found = finds(check, fault);
            assertTrue(found, fault + " goes unnoticed");
        }
    }

    private boolean finds(Fault.Check check, Fault fault) {
        Broken contract = new Broken(fault);
        contract.memory = directory;
        try {
            check.run(contract);
            return false;
        } catch (AssertionError e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(fault + " breaks the test itself", e);
        } finally {
            Thread.interrupted(); // a test that failed may leave it set
            contract.sound.forEach(Partd::close);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LOSES",
                "DUPLICATES",
                "REORDERS",
                "SHOWS_LATE",
                "IGNORES_EMPTY",
                "CUTS_AT_64_KIB",
                "HEADS_LAST",
                "HEADS_REMEMBERED",
                "HEADS_BY_EXISTENCE",
                "DISTINCT",
                "CHANGES_WHAT_WAS_READ",
                "HIDES",
                "DELETES_BY_PREFIX",
                "FOLDS_KEYS"
            })
    void theModelFindsIt(Fault fault) {
        List<Partd<Bytes>> sound = new ArrayList<>();
        Nesting broken = new Nesting(fault.name(), Persistence.SHARED, 0, path -> {
            sound.add(new ReferencePartd(path));
            return fault.in(sound.get(sound.size() - 1));
        });
        assertThrows(
                AssertionError.class,
                () -> {
                    for (int seed = 0; seed < 5; seed++) {
                        Path store = Files.createTempDirectory(directory, "store");
                        new RandomRun(broken, store, seed).run();
                    }
                },
                fault + " goes unnoticed");
        sound.forEach(Partd::close);
    }

    /** Not a test of its own: it must fail. */
    private static final class Broken extends BytesContract {
        private final Fault fault;
        private final List<Partd<Bytes>> sound = new ArrayList<>();

        Broken(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Partd<Bytes> open(Path directory) {
            sound.add(new ReferencePartd(directory));
            return fault.in(sound.get(sound.size() - 1));
        }

        @Override
        public Persistence persistence() {
            return Persistence.SHARED;
        }
    }
}
