package io.partd.testing;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who uses whom among this project's top-level classes, as the JDK's own jdeps reads it from class files. */
record Arrows(Set<String> classes, Set<Arrow> all) {
    private static final Pattern LINE = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s.*");

    record Arrow(String from, String to) implements Comparable<Arrow> {
        @Override
        public int compareTo(Arrow other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    /** Reads the classes that a class was compiled with. */
    static Arrows around(Class<?> one) {
        try {
            // Not the folder itself: jdeps would want all that a module descriptor in it requires.
            Path top = Path.of(one.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("io");
            return new Arrows(classes(top), arrows(top));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> classes(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.map(file -> top.getParent().relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith(".package-info.class"))
                    .map(name -> outermost(name.substring(0, name.length() - ".class".length())))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<Arrow> arrows(Path top) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(writer, writer, "-verbose:class", "-filter:none", "-regex", "io\\.partd\\..*", top.toString());
        assertEquals(0, status, out::toString);
        return out.toString()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Arrow(outermost(line.group(1)), outermost(line.group(2))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
