package io.partd.kill;

import io.partd.Partd;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * The command of a JVM that is quick to start, for there are hundreds: the classes are in one jar, and those that are
 * needed in an archive. Without a jar, loading a class would be a system call like those of the operation.
 */
final class VictimJar {
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private VictimJar() {}

    static List<String> command(Path directory) throws IOException, InterruptedException, URISyntaxException {
        Path jar = directory.resolve("victim.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream classes = new JarOutputStream(out)) {
            classes.setLevel(Deflater.NO_COMPRESSION);
            add(classes, Partd.class);
            add(classes, VictimJar.class);
        }
        Path archive = directory.resolve("victim.jsa");
        List<String> dump = command(jar, "-XX:ArchiveClassesAtExit=" + archive);
        dump.addAll(
                List.of(VictimMain.class.getName(), Operation.COMPACT.name(), "0", directory.resolve("trial") + ""));
        Process trial = new ProcessBuilder(dump)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        trial.getOutputStream().write('\n');
        trial.getOutputStream().close();
        trial.getInputStream().readAllBytes();
        if (trial.waitFor() != 0) throw new AssertionError("the trial run failed");
        return command(jar, "-XX:SharedArchiveFile=" + archive);
    }

    private static List<String> command(Path jar, String flag) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(flag, "-cp", jar.toString()));
        return command;
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException, URISyntaxException {
        Path root =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> walk = Files.walk(root.resolve("io"))) {
            for (Path file :
                    (Iterable<Path>) walk.filter(path -> path.toString().endsWith(".class"))::iterator) {
                jar.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }
}
