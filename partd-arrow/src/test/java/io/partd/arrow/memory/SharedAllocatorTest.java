package io.partd.arrow.memory;

import io.partd.arrow.ArrayPartd;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The allocator of the layers that are given none; where there can be none, users learn what to add. */
@Tag("once")
class SharedAllocatorTest {
    /** Stores an array, in a JVM of its own. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (ArrayPartd<int[]> arrays = ArrayPartd.over(int[].class, dict())) {
                    arrays.append("a", new int[] {1, 2});
                    System.out.println(Arrays.toString(arrays.get("a")));
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private static List<String> run(String... withoutJars) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(withoutJars).noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(java, "-Xmx256m", "-cp", classPath, Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, child.exitValue(), output);
            return output.lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void thereIsOne() {
        assertSame(SharedAllocator.get(), SharedAllocator.get());
    }

    @Test
    void asShippedItNeedsNoFlags() throws IOException, InterruptedException {
        assertEquals(List.of("[1, 2]", "[1, 2]"), run());
    }

    @Test
    void withoutArrowsMemoryUsersLearnWhatToAdd() throws IOException, InterruptedException {
        List<String> lines = run("arrow-memory-netty", "arrow-memory-unsafe");
        assertEquals(2, lines.size());
        for (String line : lines) requireAdvice(line);
    }

    /** Where netty works, as it does on Java 17, it is enough; on Java 25 it does not. */
    @Test
    void withNettyAloneItWorksOrUsersLearnWhatToAdd() throws IOException, InterruptedException {
        int feature = Runtime.version().feature();
        assumeTrue(feature <= 17 || feature >= 25, "what Netty needs was tried on 17 and 25");
        List<String> lines = run("arrow-memory-unsafe");
        assertEquals(2, lines.size());
        for (String line : lines) {
            if (feature <= 17) assertEquals("[1, 2]", line);
            else requireAdvice(line);
        }
    }

    private static void requireAdvice(String line) {
        assertTrue(line.startsWith("Arrow cannot allocate memory on Java "), line);
        assertTrue(line.contains("add org.apache.arrow:arrow-memory-unsafe to the class path"), line);
    }
}
