package io.partd.arrow;

import io.partd.arrow.testing.AllocatorsChild;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.BufferLedger;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The allocators that are shipped, as a user has them: in a JVM without flags, with the class path that Maven would
 * give him. All tests run with either of them; the build says which in {@code arrow.allocation.manager.type}.
 */
@Tag("slow")
class AllocatorsTest {
    private static final Pattern FOR_TESTS = Pattern.compile(
            "/(junit|opentest4j|apiguardian|jspecify|surefire|arrow-compression)|/partd-bytes[^/]*(/target/test-classes|-tests\\.jar)");

    @TempDir
    Path directory;

    @Test
    void theseTestsRunWithTheAllocatorThatTheBuildNames() {
        String named = System.getProperty("arrow.allocation.manager.type", "Unsafe");
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(8)) {
            BufferLedger ledger = (BufferLedger) buffer.getReferenceManager();
            assertEquals(
                    named + "AllocationManager",
                    ledger.getAllocationManager().getClass().getSimpleName());
        }
    }

    @Tag("once")
    @Test
    void everythingWorksWithoutFlagsAsShipped() throws IOException, InterruptedException {
        assertEquals("done", lastLine(run(entry -> true)));
    }

    @Tag("once")
    @Test
    void arrowPrefersUnsafeAndSoItIsEnough() throws IOException, InterruptedException {
        assertEquals("done", lastLine(run(entry -> !entry.contains("netty"))));
    }

    /** Netty needs a flag from some JDK on: there the first use of memory says what to add instead. */
    @Tag("once")
    @Test
    void withoutUnsafeItWorksOrSaysWhatToAdd() throws IOException, InterruptedException {
        String last = lastLine(run(entry -> !entry.contains("arrow-memory-unsafe")));
        int version = Runtime.version().feature();
        if (version <= 23 || last.equals("done")) {
            assertEquals("done", last);
        } else {
            assertTrue(last.startsWith("Arrow cannot allocate memory on Java " + version + " ("), last);
            assertTrue(last.contains("add org.apache.arrow:arrow-memory-unsafe to the class path"), last);
        }
    }

    @Tag("once")
    @Test
    void withoutAnyAllocatorItSaysWhatToAdd() throws IOException, InterruptedException {
        String last = lastLine(run(entry -> !entry.contains("arrow-memory-unsafe") && !entry.contains("netty")));
        assertTrue(last.contains("add org.apache.arrow:arrow-memory-unsafe to the class path"), last);
    }

    private static String lastLine(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    /** Runs the child with the class path that remains, and returns what it printed. */
    private List<String> run(Predicate<String> wanted) throws IOException, InterruptedException {
        List<String> entries = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)));
        entries.removeIf(entry -> FOR_TESTS.matcher(entry).find());
        entries.removeIf(wanted.negate());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = String.join(File.pathSeparator, entries);
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(java, "-cp", classPath, AllocatorsChild.class.getName(), directory.toString());
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "ARROW_ALLOCATION_MANAGER_TYPE"));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the child does not end");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
        return lines;
    }
}
