package io.partd.spark;

import io.partd.spark.testing.ChildJvm;
import io.partd.spark.testing.DrivenJob;
import io.partd.spark.testing.DrivenJob.Death;
import io.partd.spark.testing.Spark;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The jar that users hand to Spark has all of ours, nothing of others, and is enough. */
@Tag("slow")
final class OneJarIT {
    private static final String SERVICES = "META-INF/services/";
    /** Where this module is built, whatever directory the tests are run in. */
    private static final Path TARGET = Path.of(URI.create(OneJarIT.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
            .getParent();

    private static Path file;
    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> jars = files.filter(
                            each -> each.getFileName().toString().matches("partd-spark-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                    .toList();
            assertEquals(1, jars.size(), jars::toString);
            file = jars.get(0).toAbsolutePath();
            jar = new JarFile(file.toFile());
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    private static List<String> entries() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    @Test
    void allClassesAreOursAndAllOfOursAreThere() throws IOException {
        List<String> classes =
                entries().stream().filter(name -> name.endsWith(".class")).toList();
        assertEquals(
                List.of(),
                classes.stream().filter(name -> !name.startsWith("io/partd/")).toList());
        assertEquals(classes.size(), new TreeSet<>(classes).size(), "each once");
        for (String module : List.of("partd-bytes", "partd-arrow", "partd-hadoop", "partd-spark")) {
            Path compiled = TARGET.resolve(Path.of("..", "..", module, "target", "classes"));
            try (Stream<Path> files = Files.walk(compiled)) {
                List<String> missing = files.map(
                                each -> compiled.relativize(each).toString().replace(File.separatorChar, '/'))
                        .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                        .filter(name -> !classes.contains(name))
                        .toList();
                assertEquals(List.of(), missing, module);
            }
        }
    }

    @Test
    void otherFilesAreFew() {
        List<String> others = entries().stream()
                .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"))
                .toList();
        assertEquals(List.of(), others);
    }

    @Test
    void servicesAreThoseOfSparkAlone() throws IOException {
        Map<String, String> services = new TreeMap<>();
        for (String name : entries()) {
            if (!name.startsWith(SERVICES)) continue;
            byte[] content = jar.getInputStream(jar.getEntry(name)).readAllBytes();
            services.put(name.substring(SERVICES.length()), new String(content, StandardCharsets.UTF_8).strip());
        }
        assertEquals(
                Map.of(
                        "org.apache.spark.sql.SparkSessionExtensionsProvider", PartdExtensions.class.getName(),
                        "org.apache.spark.sql.sources.DataSourceRegister", PartdSource.class.getName()),
                services);
        assertEquals("io.partd.spark", jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
    }

    /** With Spark's jars and this one a job runs. */
    @Test
    void itIsEnough(@TempDir Path directory) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("partd-"))
                .filter(entry -> !entry.endsWith("classes") || entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        String store = directory.resolve("store").toString();
        List<String> arguments = List.of("local[2]", "the job", "none", Death.NONE + ":" + store);
        try (ChildJvm job =
                new ChildJvm(directory, file + File.pathSeparator + classPath, DrivenJob.class, arguments)) {
            job.exitCode(0);
        }
        assertTrue(classPath.contains("spark-sql"), classPath);
        assertEquals(
                DrivenJob.ROWS,
                Spark.session().read().format("partd").load(store).count());
    }
}
