package io.partd.cli;

import io.partd.cli.common.Memory;
import io.partd.cli.testing.Script;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When the script builds, and what it passes to the JVM: with programs that only say how they are called. */
class ScriptIT {
    /** Which flags a size means is asked of the command itself. */
    private static final String MEMORY_FLAGS =
            String.format(Locale.ROOT, """
            while [ $# -gt 0 ] && [ "$1" != io.partd.cli.MemoryFlags ]; do shift; done
            if [ $# -gt 0 ]; then exec "%s/bin/java" -cp "%s" "$@"; fi
            """, System.getProperty("java.home"), System.getProperty("java.class.path"));

    /** What is told to archive its classes does so when it ends. */
    private static final String ARCHIVE = """
            for each; do
              case $each in
                -XX:ArchiveClassesAtExit=*)
                  while [ -e "$(dirname "$0")/slow" ]; do sleep 0.1; done
                  echo classes > "${each#*=}"
                  ;;
              esac
            done
            """;

    @TempDir
    Path root;

    private Path log;
    private Path packaged;

    @BeforeEach
    void repository() throws IOException {
        log = root.resolve("log");
        Files.copy(Script.ROOT.resolve("partd"), root.resolve("partd"));
        for (String module : new String[] {"partd-bytes", "partd-arrow", "partd-cli"}) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            Files.writeString(root.resolve(module + "/pom.xml"), "");
        }
        Files.writeString(root.resolve("pom.xml"), "");
        Files.createDirectory(root.resolve("packaging"));
        Files.copy(Script.ROOT.resolve("packaging/partd"), root.resolve("packaging/partd"));
        packaged = root.resolve("partd-cli/target/package");
        program(
                "bin/mvn",
                String.format(
                        Locale.ROOT, """
                echo mvn "$@" >> %1$s
                mkdir -p %2$s/bin %2$s/lib
                cp %3$s/packaging/partd %2$s/bin/
                touch %2$s/lib/partd-cli-1.jar %2$s/lib/partd-bytes-1.jar %2$s/lib/partd-arrow-1.jar
                echo '%4$s' > %2$s/lib/memory-flags""", log, packaged, root, Memory.standard().jvmFlags()));
        program("java/bin/java", "echo java \"$@\" >> " + log + "\n" + ARCHIVE + MEMORY_FLAGS);
        release("17.0.1");
    }

    private void program(String name, String command) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void release(String version) throws IOException {
        Files.writeString(root.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private Script.Result run(String... arguments) throws Exception {
        return preparing("never", arguments);
    }

    private Script.Result preparing(String when, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("partd").toString());
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().remove("PARTD_BUILD");
        builder.environment().put("JAVA_HOME", root.resolve("java").toString());
        builder.environment().put("HOME", root.resolve("home").toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("PARTD_PREPARE", when);
        builder.environment().merge("PATH", root.resolve("bin") + ":", (old, first) -> first + old);
        Files.deleteIfExists(log);
        return Script.finish(builder.start());
    }

    /** The command's own call of the JVM, after those that prepare it. */
    private String lastCall() throws IOException {
        String all = Files.readString(log);
        return all.lines().reduce((first, last) -> last).orElseThrow();
    }

    private boolean built() throws IOException {
        return Files.readString(log).contains("mvn ");
    }

    @Test
    void buildsWhatIsMissingOrOld() throws Exception {
        String said = run("ls", "x y").succeeded().err();
        assertTrue(said.startsWith("partd: building it"), said);
        assertTrue(built());
        assertTrue(lastCall().endsWith("io.partd.cli.Main ls x y"), lastCall());
        assertEquals("", run("ls").succeeded().err());
        assertEquals(1, Files.readString(log).lines().count());
        Path source = Files.writeString(root.resolve("partd-arrow/src/main/X.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        run("ls").succeeded();
        assertTrue(built());
    }

    @Test
    void flagsOfTheJdk() throws Exception {
        run("verify").succeeded();
        assertTrue(lastCall().contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), lastCall());
        assertTrue(!lastCall().contains("sun-misc-unsafe") && !lastCall().contains("-Xmx"), lastCall());
        release("25.0.1");
        run("verify").succeeded();
        assertTrue(lastCall().contains("--sun-misc-unsafe-memory-access=allow"), lastCall());
        run("ls", "grpc+tcp://x:1").succeeded();
        assertTrue(lastCall().contains("--enable-native-access=ALL-UNNAMED"), "a server is reached by Netty");
        run("ls", "x").succeeded();
        assertTrue(!lastCall().contains("--"), "what needs nothing of Arrow starts without flags that cost time");
        release("11.0.2");
        run("ls").failed(1, "needs Java 17 or later", "11.0.2");
    }

    /** It is the jar's, and no JVM is started to say it. */
    @Test
    void versionWithoutAJvm() throws Exception {
        run("ls").succeeded();
        assertEquals("partd 1, on Java 17.0.1\n", run("--version").succeeded().out());
        assertEquals("partd 1, on Java 17.0.1\n", run("-V").succeeded().out());
        assertTrue(Files.notExists(log), "the JVM says what it is called with");
    }

    @Test
    void memoryIsTheHeapsAndArrows() throws Exception {
        run("shuffle").succeeded();
        assertTrue(lastCall().contains("-Xmx250000000 -XX:MaxDirectMemorySize=500000000"), lastCall());
        run("shuffle", "--memory=256MiB").succeeded();
        assertTrue(lastCall().contains("-Xmx67108864 "), lastCall());
        run("shuffle", "--memory", "2g").succeeded();
        assertTrue(lastCall().contains("-Xmx500000000 "), lastCall());
        run("shuffle", "--memory", "2 apples").succeeded();
        assertTrue(!lastCall().contains("-Xmx"), lastCall());
    }

    /** Of each JDK one, beside the program; of a JDK that was replaced, another. */
    @Test
    void archivesOfClasses() throws Exception {
        run("ls").succeeded();
        assertTrue(!lastCall().contains("SharedArchiveFile"), "nothing was prepared");
        preparing("now", "ls").succeeded();
        Path archive = packaged.resolve("cache" + root.resolve("java") + "/17.0.1.jsa");
        assertTrue(lastCall().contains("-XX:SharedArchiveFile=" + archive), lastCall());
        run("ls").succeeded();
        assertTrue(lastCall().contains("-XX:SharedArchiveFile=" + archive), lastCall());
        release("17.0.2");
        run("ls").succeeded();
        assertTrue(!lastCall().contains("SharedArchiveFile"), lastCall());
        preparing("now", "ls").succeeded();
        assertTrue(lastCall().contains("/17.0.2.jsa"), lastCall());
        assertTrue(Files.notExists(archive), "the JDK's before is gone, and its archive, too");
    }

    /**
     * Where nothing can be written beside the program, it is in the user's cache; and where it fails, it is done
     * without.
     */
    @Test
    void archivesOfTheUser() throws Exception {
        run("ls").succeeded();
        Files.writeString(packaged.resolve("cache"), "no directory");
        preparing("now", "ls").succeeded();
        Path archive = root.resolve("home/.cache/partd" + packaged.toRealPath() + root.resolve("java") + "/17.0.1.jsa");
        assertTrue(lastCall().contains("-XX:SharedArchiveFile=" + archive), lastCall());
        Files.writeString(archive, "");
        preparing("now", "ls").succeeded();
        assertTrue(!lastCall().contains("SharedArchiveFile"), lastCall());
        assertEquals(1, Files.readString(log).lines().count(), "what failed is not tried again");
    }

    /** Nobody waits for the first archive, nor does who reads the command's output to its end. */
    @Test
    void archivesInTheBackground() throws Exception {
        Path slow = Files.createFile(root.resolve("java/bin/slow"));
        Path archive = packaged.resolve("cache" + root.resolve("java") + "/17.0.1.jsa");
        try {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> preparing("", "ls").succeeded());
            assertTrue(Files.notExists(archive), "it is being made");
        } finally {
            Files.delete(slow);
        }
        Patience.until("the archive is there", () -> Files.exists(archive));
        preparing("", "ls").succeeded();
        assertTrue(lastCall().contains("-XX:SharedArchiveFile=" + archive), lastCall());
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        program("bin/mvn", "echo '[ERROR] no network'; exit 1");
        Script.Result failed = run("ls");
        assertEquals(1, failed.code());
        assertTrue(
                failed.err().contains("[ERROR] no network\npartd: the build failed; all of it is in "), failed.err());
    }
}
