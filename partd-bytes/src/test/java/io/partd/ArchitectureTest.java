package io.partd;

import io.partd.testing.ArchitectureContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

final class ArchitectureTest extends ArchitectureContract {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.[a-z]\\w*)?`");

    ArchitectureTest() {
        super("partd-bytes", Partds.class);
    }

    @Test
    void classesThatThePageNamesAreThere() throws IOException {
        Set<String> named = CLASS.matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(named.isEmpty());
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) sources(module.resolve("src")).forEach(named::remove);
        }
        assertEquals(Set.of(), named, "no source is named so");
    }

    private static List<String> sources(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
    }
}
