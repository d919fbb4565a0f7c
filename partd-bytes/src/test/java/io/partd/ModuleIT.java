package io.partd;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The built jar as a named module. The other tests run on the class path, where nobody looks at the module descriptor.
 */
class ModuleIT {

    @Test
    void exportsItsOnePackageAndNothingElse() {
        ModuleDescriptor descriptor = module().getDescriptor();

        assertEquals(
                Set.of("io.partd"),
                descriptor.exports().stream()
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet()));
        assertTrue(descriptor.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
        assertEquals(Set.of(), descriptor.opens());
        assertTrue(!descriptor.isAutomatic() && !descriptor.isOpen());
    }

    @Test
    void worksAsANamedModule() throws ReflectiveOperationException {
        Module module = module();
        Class<?> bytes = Class.forName(module, Bytes.class.getName());

        assertEquals(module, bytes.getModule());
        Object value = bytes.getMethod("utf8", String.class).invoke(null, "Hello");
        assertEquals("Hello", bytes.getMethod("toUtf8").invoke(value));
    }

    /**
     * Resolves io.partd and all that it requires from the jars of this test's class path, strictly by their module
     * descriptors.
     */
    private static Module module() {
        Path[] jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toArray(Path[]::new);
        ModuleLayer boot = ModuleLayer.boot();
        var resolved = boot.configuration().resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of("io.partd"));
        return boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader())
                .findModule("io.partd")
                .orElseThrow();
    }
}
