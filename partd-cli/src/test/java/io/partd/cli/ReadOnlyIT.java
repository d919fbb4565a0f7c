package io.partd.cli;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.cli.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Commands on a store that may not be written: it is mounted so. A machine that allows no mounts skips them. */
@Tag("slow")
class ReadOnlyIT {
    @TempDir
    static Path directory;

    private static Path store;
    private static Path mounted;

    @BeforeAll
    static void mount() throws Exception {
        store = directory.resolve("flights");
        mounted = Files.createDirectory(directory.resolve("mounted"));
        Script.shuffleSample(store);
        Assumptions.assumeTrue(
                runs("mount", "--bind", store.toString(), mounted.toString())
                        && runs("mount", "-o", "remount,ro,bind", mounted.toString()),
                "this machine mounts nothing");
    }

    @AfterAll
    static void unmount() throws Exception {
        if (mounted != null) runs("umount", "-l", mounted.toString());
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls %s --json",
                "head %s ATL",
                "schema %s ATL",
                "stat %s",
                "export %s ATL SEA --format csv",
                "cat %s ATL",
                "verify %s"
            })
    void readingSaysTheSame(String command) throws Exception {
        Set<String> before = names();
        assertArrayEquals(said(command, store), said(command, mounted));
        assertEquals(before, names());
    }

    /** What a command says, but for how long it took. */
    private static byte[] said(String command, Path on) throws Exception {
        Script.Result result = run(command, on).succeeded();
        if (!command.startsWith("verify")) return result.bytes();
        return result.out().replaceFirst(", in \\d+\\.\\d s", "").getBytes(StandardCharsets.UTF_8);
    }

    private static Script.Result run(String command, Path on) throws Exception {
        return Script.run((Object[]) String.format(Locale.ROOT, command, on).split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact %s", "drop %s --yes"})
    void changingFails(String command) throws Exception {
        run(command, mounted).failed(1, mounted.toString(), "Read-only file system");
    }

    /** A writer elsewhere goes on, and what it appended is seen. */
    @Test
    void besideAWriter() throws Exception {
        try (FilePartd writer = Partds.file(store)) {
            writer.append("new", Bytes.utf8("bytes"));
            assertEquals("bytes", Script.run("cat", mounted, "new").succeeded().out());
            writer.delete(List.of("new"));
            Script.run("cat", mounted, "new").failed(1, "has no key \"new\"");
        }
    }
}
