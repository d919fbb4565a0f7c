package io.partd.cli;

import io.partd.cli.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The packages in a root that holds a shell, the JDK of this test, and nothing else: they are installed and used. The
 * classes come from the archive that the package made, and those that a short command has no use for come from nowhere.
 */
@Tag("optional")
@Timeout(300)
class EmptyRootIT {
    private static final String COMMANDS = """
            ! command -v mvn; ! command -v git; ! command -v bash
            PARTD_PREPARE=now partd --version
            printf 'name,number\\na,1\\nb,2\\na,3\\n' > rows.csv
            partd shuffle rows.csv --by name --values --to store
            PARTD_JAVA_OPTIONS=-Xlog:class+load:file=classes partd ls store
            partd export store a --out a.json
            cat a.json
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"partd-.*\\.tar\\.gz", "partd_.*\\.deb"})
    void installedAndUsed(String name) throws Exception {
        List<String> command = List.of(
                Path.of("src/test/sh/empty-root").toAbsolutePath().toString(),
                root.toString(),
                packaged(name).toString(),
                System.getProperty("java.home"),
                COMMANDS);
        Script.Result result = Script.finish(new ProcessBuilder(command).start());
        assertEquals("", result.succeeded().err());
        String[] said = result.out().split("\n", 3);
        assertTrue(said[0].matches("partd \\d\\S+, on Java " + System.getProperty("java.version")), said[0]);
        assertTrue(said[1].startsWith("3 rows in "), said[1]);
        assertTrue(said[2].contains("\na       2    "), said[2]);
        assertTrue(said[2].endsWith("{\"name\":\"a\",\"number\":1}\n{\"name\":\"a\",\"number\":3}\n"), said[2]);
        assertClasses(Files.readString(root.resolve("work/classes")));
    }

    private static Path packaged(String name) throws IOException {
        try (Stream<Path> files = Files.list(Script.ROOT.resolve("partd-cli/target"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findAny()
                    .orElseThrow(() -> new IOException("mvn package has made no " + name));
        }
    }

    /** Of the command's own classes, and those that read its line, all that can be archived come from the archive. */
    private static void assertClasses(String loaded) {
        List<String> own = loaded.lines()
                .filter(line -> line.contains(" io.partd.") || line.contains(" picocli."))
                .filter(line -> !line.contains("$$Lambda") && !line.contains("Event "))
                .toList();
        assertTrue(own.size() > 50, loaded);
        List<String> elsewhere = own.stream()
                .filter(line -> !line.contains("shared objects file"))
                .toList();
        assertEquals(List.of(), elsewhere);
        for (String unused : List.of("org.duckdb.", "io.netty.", "io.grpc.", "org.slf4j.", "java.util.logging.")) {
            assertTrue(!loaded.contains(" " + unused), unused);
        }
    }
}
