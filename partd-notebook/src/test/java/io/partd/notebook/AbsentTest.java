package io.partd.notebook;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.Progress;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Nothing breaks where kernels, Arrow or Tablesaw are absent. */
class AbsentTest {
    private static final List<String> ABSENT =
            List.of("jupyter", "rapaio", "jeromq", "gson", "arrow", "tablesaw", "partd-notebook/target/test-classes");

    @TempDir
    Path directory;

    /** Uses a store and shows it, as text. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            try (FilePartd store = Partds.tempFile();
                    Progress progress = Progress.begin("work", "steps", 1)) {
                store.append("<key>", Bytes.utf8("value"));
                store.compact();
                progress.add(1);
                System.out.println(Views.of(Partd.class, store).html().contains("&lt;key&gt;"));
                System.out.println(Views.types().size());
            }
        }
    }

    @Test
    void theLibraryAloneWorksAndIsQuiet() throws IOException, InterruptedException {
        // Of the tests' classes this one alone: among them is what stands in for IJava.
        Path child = directory.resolve(Child.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(child.getParent());
        try (InputStream in = AbsentTest.class.getResourceAsStream("AbsentTest$Child.class")) {
            Files.copy(in, child);
        }
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> ABSENT.stream().noneMatch(each::contains))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        directory + File.pathSeparator + classPath,
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertEquals(List.of("true", "4"), output.lines().toList());
    }
}
