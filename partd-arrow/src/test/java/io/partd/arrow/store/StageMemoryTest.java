package io.partd.arrow.store;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.testing.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** JVMs that have less memory than a stage takes to be written at once. */
@Tag("once")
class StageMemoryTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path directory;

    private void run(int keys, int chars, String... flags) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ChildProcess child = ChildProcess.start(
                List.of(flags), StageMemoryChild.class, lines::add, directory.toString(), "" + keys, "" + chars)) {
            child.joinWell();
        }
        assertEquals(List.of("written"), lines);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(Partds.file(directory), allocator)) {
            assertEquals(keys, store.keys().size());
            for (String key : store.keys()) assertEquals(1, store.rows(key));
        }
    }

    @Test
    void directMemoryIsShort() throws InterruptedException {
        run(40, MEGABYTE, "-XX:MaxDirectMemorySize=24m");
    }

    /** A whole gibibyte of one column, in a JVM that may have a quarter of that as direct memory. */
    @Test
    @Tag("slow")
    void theLargestStage() throws InterruptedException {
        run(17, 60 * MEGABYTE, "-XX:MaxDirectMemorySize=512m");
    }
}
