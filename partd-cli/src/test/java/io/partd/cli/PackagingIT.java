package io.partd.cli;

import io.partd.Bytes;
import io.partd.cli.testing.Script;
import io.partd.flight.FlightPartd;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is in {@code packaging/}: read by the tools that will read it, and the unit's command run. */
@Timeout(120)
class PackagingIT {
    private static final Path PACKAGING = Script.ROOT.resolve("packaging");
    private static final Path PARTD = Script.ROOT.resolve("partd-cli/target/package/bin/partd");

    @TempDir
    Path directory;

    private static Script.Result run(Object... command) throws IOException, InterruptedException {
        List<String> words = Stream.of(command).map(Object::toString).toList();
        return Script.finish(new ProcessBuilder(words).start());
    }

    /** The unit with the program that was built: systemd looks whether there is such a program. */
    private Path unit() throws IOException {
        String unit = Files.readString(PACKAGING.resolve("partd.service"));
        return Files.writeString(directory.resolve("partd.service"), unit.replace("/usr/bin/partd", PARTD.toString()));
    }

    @Test
    @Tag("optional")
    void systemdUnderstandsTheUnit() throws Exception {
        Script.Result result = run("systemd-analyze", "verify", unit());
        assertEquals("", result.succeeded().out() + result.err());
        Path wrong = Files.writeString(
                directory.resolve("wrong.service"), Files.readString(unit()).replace("PrivateTmp", "PrivateTemp"));
        assertTrue(run("systemd-analyze", "verify", wrong).err().contains("PrivateTemp"), "what is wrong is seen");
    }

    /** From 0 (nothing to be feared) to 10, in tenths. */
    @Test
    @Tag("optional")
    void theServiceIsShutIn() throws Exception {
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit())
                .succeeded();
    }

    @Test
    @Tag("optional")
    void theDockerfileIsSound() throws Exception {
        Path linter =
                Path.of("src/test/node/node_modules/.bin/dockerfile-utils").toAbsolutePath();
        Script.Result result = run("node", linter, "lint", PACKAGING.resolve("Dockerfile"));
        assertEquals("", result.succeeded().out() + result.err());
        Path wrong = Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nENTRYPINT [\"x\"]\n");
        assertNotEquals("", run("node", linter, "lint", wrong).out(), "what is wrong is seen");
    }

    @Test
    void theUnitsCommandServes() throws Exception {
        Path socket = directory.resolve("s");
        ProcessBuilder builder = new ProcessBuilder(command(socket));
        List<String> unit = Files.readAllLines(unit());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PARTD_PREPARE", value(unit, "Environment=PARTD_PREPARE="));
        builder.environment().put("PARTD_JAVA_OPTIONS", value(unit, "Environment=\"PARTD_JAVA_OPTIONS="));
        Process serving = builder.start();
        try (BufferedReader lines = serving.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            assertTrue(line != null && line.startsWith("serving "), line);
            try (FlightPartd client = FlightPartd.connect(URI.create("grpc+unix://" + socket))) {
                client.append("a", Bytes.utf8("x"));
                assertEquals("x", client.get("a").toUtf8());
            }
            assertTrue(lines.readLine().startsWith("metrics at http://127.0.0.1:"));
        } finally {
            serving.destroy();
            assertTrue(serving.waitFor(60, TimeUnit.SECONDS), "it does not end");
        }
        assertTrue(Files.readString(unit()).contains("\nSuccessExitStatus=" + serving.exitValue() + "\n"));
    }

    /** What systemd makes of ExecStart, with the directories of this test. */
    private List<String> command(Path socket) throws IOException {
        List<String> unit = Files.readAllLines(unit());
        String line = value(unit, "ExecStart=")
                .replace("$PARTD_OPTIONS", value(unit, "Environment=\"PARTD_OPTIONS="))
                .replace("/var/lib/partd/", directory + "/")
                .replace("/run/partd/socket", socket.toString())
                .replace("--metrics 9401", "--metrics 0");
        return new ArrayList<>(List.of(line.split(" ")));
    }

    private static String value(List<String> unit, String name) {
        String line =
                unit.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return line.substring(name.length()).replaceFirst("\"$", "");
    }
}
