package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.disk.JvmClaims;
import io.partd.testing.ChildProcess;
import io.partd.testing.OtherLoader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two copies of the library in one JVM, which would give up each other's locks, are kept apart. */
@Timeout(60)
class ClassLoadersTest {
    @TempDir
    Path directory;

    private final OtherLoader other = new OtherLoader();
    private final Set<String> before = claims();

    @AfterEach
    void close() throws Exception {
        other.close();
        assertEquals(before, claims(), "claims that were left");
    }

    private static Set<String> claims() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(JvmClaims.PROPERTY))
                .collect(Collectors.toSet());
    }

    private Path store() {
        return directory.resolve("store");
    }

    private String refused() {
        return assertThrows(UncheckedIOException.class, () -> other.file(store()))
                .getMessage();
    }

    @Test
    void theSecondIsRefusedAndTheFirstKeepsItsLocks() throws Exception {
        try (FilePartd store = Partds.file(store());
                FilePartd twice = Partds.file(store())) {
            store.append("k", Bytes.utf8("a"));
            String message = refused();
            assertTrue(message.contains(store().toString()), message);
            assertTrue(message.contains(Partds.class.getClassLoader().toString()), message);
            List<String> lines = new CopyOnWriteArrayList<>();
            try (ChildProcess child = ChildProcess.start(Compact.class, lines::add, store().toString())) {
                child.joinWell();
            }
            store.append("k", Bytes.utf8("b"));
            assertEquals("ab", twice.get("k").toUtf8());
        }
        try (FilePartd store = Partds.file(store())) {
            assertEquals("ab", store.get("k").toUtf8());
        }
    }

    /** Takes a writer that holds no lock for dead, and its segment away. */
    static final class Compact {
        private Compact() {}

        public static void main(String[] args) {
            try (FilePartd store = Partds.file(Path.of(args[0]))) {
                store.compact();
            }
        }
    }

    @Test
    void oneAfterTheOther() throws Exception {
        try (FilePartd store = Partds.file(store())) {
            store.append("k", Bytes.utf8("a"));
            refused();
        }
        other.file(store()).close();
        AutoCloseable open = other.file(store());
        try {
            assertThrows(UncheckedIOException.class, () -> Partds.file(store()));
            assertThrows(UncheckedIOException.class, () -> Partds.file(store()), "a refusal changes nothing");
        } finally {
            open.close();
        }
        assertEquals("a", StoreFiles.content(store()).get("k").toUtf8());
    }

    /** An open that fails halfway leaves the store to the others. */
    @Test
    void afterAFailure() throws Exception {
        Path lockFile = store().resolve(SharedDirectory.LOCK_FILE);
        Files.createDirectories(lockFile);
        assertThrows(UncheckedIOException.class, () -> Partds.file(store()));
        assertEquals(before, claims());
        Files.delete(lockFile);
        Path control = Files.createDirectory(store().resolve(ControlFile.FILE));
        assertThrows(UncheckedIOException.class, () -> Partds.file(store()));
        Files.delete(control);
        other.file(store()).close();
    }

    /** A copy that is gone cannot say so: the message says how to. A process that inherits properties is not misled. */
    @Test
    void afterACopyThatIsGone() throws Exception {
        String[] property = {null, null};
        AutoCloseable open = other.file(store());
        try {
            property[0] = claims().stream()
                    .filter(name -> !before.contains(name))
                    .findFirst()
                    .orElseThrow();
            property[1] = System.getProperty(property[0]);
        } finally {
            open.close();
        }
        System.setProperty(property[0], property[1]); // as if it had been unloaded without the close
        String message = assertThrows(UncheckedIOException.class, () -> Partds.file(store()))
                .getMessage();
        assertTrue(message.contains("System.clearProperty(\"" + property[0] + "\")"), message);
        System.clearProperty(property[0]);
        Partds.file(store()).close();
        System.setProperty(property[0], "1" + property[1]); // of a process with another number
        Partds.file(store()).close();
    }

    @Test
    void temporaryStoresOfTheOtherAreLeftAlone() throws Exception {
        AutoCloseable others = other.tempFile(directory);
        try (others;
                FilePartd store = Partds.tempFile(directory)) {
            store.append("k", Bytes.utf8("v"));
            Partds.tempFile(directory).close();
            other.tempFile(directory).close();
            List<String> lines = new CopyOnWriteArrayList<>();
            try (ChildProcess child = ChildProcess.start(MakeTemporary.class, lines::add, directory.toString())) {
                child.joinWell();
            }
            try (var left = Files.list(directory)) {
                assertEquals(2, left.count());
            }
            store.append("k", Bytes.utf8("w"));
            assertEquals("vw", store.get("k").toUtf8());
        }
        try (var left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    /** Removes the temporary stores of dead processes, if it finds some. */
    static final class MakeTemporary {
        private MakeTemporary() {}

        public static void main(String[] args) {
            Partds.tempFile(Path.of(args[0])).close();
        }
    }
}
