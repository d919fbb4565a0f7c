package io.partd;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** The built jar as a named module. The other tests run on the class path, where nobody looks at the descriptor. */
class ModuleIT {
    private static final Path[] JARS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .toArray(Path[]::new);

    private final Module module = resolve();

    /** And others to modules of partd alone, which are no matter of users. */
    @Test
    void exportsOnePackage() {
        ModuleDescriptor descriptor = module.getDescriptor();

        Set<String> exports = names(descriptor.exports().stream()
                .map(export ->
                        export.source() + (export.isQualified() ? " to " + new TreeSet<>(export.targets()) : "")));
        assertEquals(
                Set.of(
                        "io.partd",
                        "io.partd.base to [io.partd.arrow, io.partd.duckdb, io.partd.flight, io.partd.hadoop]",
                        "io.partd.disk to [io.partd.hadoop]",
                        "io.partd.file to [io.partd.duckdb]",
                        "io.partd.log to [io.partd.hadoop]",
                        "io.partd.marks to [io.partd.flight]",
                        "io.partd.text to [io.partd.cli, io.partd.duckdb, io.partd.notebook]"),
                exports);
        assertEquals(Set.of(), descriptor.opens());
        assertFalse(descriptor.isAutomatic() || descriptor.isOpen());
    }

    @Test
    void requiresWhatItsClassesUse() {
        String prefix = "io.partd -> ";
        Set<String> used = names(jdeps().lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip()));
        used.add("jdk.unsupported"); // not ours: Fory's descriptor for JDK 25 leaves it out, and Fory fails without it

        assertEquals(used, names(module.getDescriptor().requires().stream().map(ModuleDescriptor.Requires::name)));
    }

    @Test
    void worksAsANamedModule() throws ReflectiveOperationException {
        Class<?> bytes = Class.forName(module, Bytes.class.getName());
        Object value = bytes.getMethod("utf8", String.class).invoke(null, "Hello");

        assertEquals("io.partd", bytes.getModule().getName());
        assertEquals("Hello", bytes.getMethod("toUtf8").invoke(value));
    }

    /** Resolves io.partd, and what it requires, by descriptors alone. */
    private static Module resolve() {
        ModuleLayer boot = ModuleLayer.boot();
        var configuration = boot.configuration().resolve(ModuleFinder.of(JARS), ModuleFinder.of(), Set.of("io.partd"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findModule("io.partd")
                .orElseThrow();
    }

    private static String jdeps() {
        String modulePath = Stream.of(JARS).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        "--multi-release",
                        "17",
                        "--add-modules",
                        "jdk.jfr", // which a runtime may lack
                        "--module-path",
                        modulePath,
                        "-summary",
                        "--module",
                        "io.partd");
        assertEquals(0, exit, out::toString);
        return out.toString();
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(Collectors.toSet());
    }
}
