package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.testing.ChildProcess;
import io.partd.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Temporary stores go with those who made them, however these end, and never before. */
@Timeout(120)
class TempFileTest {
    @TempDir
    Path parent;

    private List<Path> left() throws IOException {
        try (Stream<Path> list = Files.list(parent)) {
            return list.sorted().toList();
        }
    }

    @Test
    void removedOnClose() throws IOException {
        FilePartd store = Partds.tempFile(parent);
        store.append("k", Bytes.utf8("v"));
        assertEquals(1, left().size());
        Bytes value = store.get("k");
        store.close();
        store.close();
        assertEquals(List.of(), left());
        assertEquals("v", value.toUtf8());
    }

    @Test
    void removedAtExit() throws Exception {
        try (Child child = new Child("exit")) {
            child.awaitStore();
            assertEquals(1, left().size());
            child.process.joinWell();
        }
        assertEquals(List.of(), left());
    }

    /** Threads that nobody has ended make files until the very end. */
    @Test
    void removedAtExitUnderAThreadThatGoesOn() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Child child = new Child("exitBusy")) {
                child.awaitStore();
                child.process.joinWell();
            }
            assertEquals(List.of(), left());
        }
    }

    /** A process that was killed before it could say that the directory is its own has left next to nothing in it. */
    @Test
    void whatWasHardlyMadeIsRemovedByTheNext() throws IOException {
        Path empty = Files.createDirectory(parent.resolve(TempDirectory.PREFIX + "0123456789abcdef"));
        Path unmarked = Files.createDirectory(parent.resolve(TempDirectory.PREFIX + "1123456789abcdef"));
        Path theUsers = Files.createDirectory(parent.resolve(TempDirectory.PREFIX + "2123456789abcdef"));
        Path young = Files.createDirectory(parent.resolve(TempDirectory.PREFIX + "3123456789abcdef"));
        for (Path path : List.of(unmarked, theUsers, young)) Files.createFile(path.resolve(TempDirectory.OWNER));
        Files.createFile(theUsers.resolve("something"));
        for (Path path : List.of(empty, unmarked, theUsers)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(600)));
        }
        Partds.tempFile(parent).close();
        assertEquals(List.of(theUsers, young), left());
        assertTrue(Files.exists(theUsers.resolve(TempDirectory.OWNER)));
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNext() throws Exception {
        try (Child child = new Child("wait")) {
            child.awaitStore();
            child.process.kill();
        }
        assertEquals(1, left().size());
        Partds.tempFile(parent).close();
        assertEquals(List.of(), left());
    }

    @Test
    void theLivingAreLeftAlone() throws Exception {
        try (Child child = new Child("wait");
                FilePartd mine = Partds.tempFile(parent)) {
            child.awaitStore();
            mine.append("k", Bytes.utf8("mine"));
            Partds.tempFile(parent).close();
            try (Child other = new Child("exit")) {
                other.awaitStore();
                other.process.joinWell();
            }
            assertEquals(2, left().size());
            assertEquals("mine", mine.get("k").toUtf8());
            child.process.kill();
        }
        Partds.tempFile(parent).close();
        assertEquals(List.of(), left());
    }

    /** What was not made here is not removed, whatever its name and its age. */
    @Test
    void aStoreOfTheUsersOwn() throws IOException {
        Path named = parent.resolve(TempDirectory.PREFIX + "mine");
        Path alike = parent.resolve(TempDirectory.PREFIX + "0123456789abcdef");
        Path copied = parent.resolve(TempDirectory.PREFIX + "fedcba9876543210");
        try (FilePartd temporary = Partds.tempFile(parent)) {
            temporary.append("k", Bytes.utf8("v"));
            SortedMap<String, byte[]> files = StoreFiles.take(left().get(0));
            for (Path path : List.of(named, alike, copied)) StoreFiles.put(files, path);
        }
        Files.createFile(named.resolve(TempDirectory.OWNER));
        Files.writeString(copied.resolve(TempDirectory.OWNER), "A temporary store: partd-temp-0000000000000000\n");
        for (Path path : List.of(named, alike, copied)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(600)));
        }
        Partds.tempFile(parent).close();
        for (Path path : List.of(named, alike, copied)) {
            assertEquals("v", StoreFiles.content(path).get("k").toUtf8());
        }
    }

    /** Processes that make and remove temporary stores as fast as they can do not get in each other's way. */
    @Test
    void severalProcessesAtOnce() throws Exception {
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) children.add(new Child("churn"));
        for (Child child : children) child.process.joinWell();
        Partds.tempFile(parent).close();
        assertEquals(List.of(), left());
    }

    /** A process that makes temporary stores in the same parent. */
    private final class Child implements AutoCloseable {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        final ChildProcess process;

        Child(String task) {
            process = ChildProcess.start(Main.class, lines::add, parent.toString(), task);
        }

        void awaitStore() throws InterruptedException {
            assertNotNull(lines.poll(60, TimeUnit.SECONDS), "the child made no store");
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Makes a store, says so, and waits to be killed, exits without closing it, or makes many more. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            Path parent = Path.of(args[0]);
            FilePartd store = Partds.tempFile(parent);
            store.append("k", Bytes.utf8("child"));
            System.out.println("made " + store);
            switch (args[1]) {
                case "wait" -> new java.util.concurrent.CountDownLatch(1).await();
                case "exit" -> store.flush();
                case "exitBusy" -> exitBusy(store);
                default -> churn(parent);
            }
            if (!store.get("k").equals(Bytes.utf8("child"))) throw new AssertionError("lost");
        }

        private static void exitBusy(FilePartd store) {
            CountDownLatch rounds = new CountDownLatch(20);
            Thread thread = new Thread(() -> {
                while (true) {
                    store.append("k", Bytes.of(new byte[1000]));
                    store.drop();
                    rounds.countDown();
                }
            });
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, e) -> System.out.println("the directory is gone: " + e));
            thread.start();
            Threads.await(rounds);
            System.exit(0);
        }

        private static void churn(Path parent) {
            for (int i = 0; i < 200; i++) {
                try (FilePartd store = Partds.tempFile(parent)) {
                    store.append("k", Bytes.utf8("v" + i));
                    if (!store.get("k").equals(Bytes.utf8("v" + i))) throw new AssertionError("lost " + i);
                }
            }
        }
    }
}
