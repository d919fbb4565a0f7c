package io.partd.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An example of the README or another page, which is compiled and run as it stands: file names are in a directory of
 * the test, and calls with a comment behind them have to return what it says.
 */
public final class ReadmeExample {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RESULT =
            Pattern.compile("(?m)^( *)(\\w+\\.(?:get|keys|getRowCount)\\(.*\\));\\s*// (.*)$");
    private static final Pattern FILE = Pattern.compile("file\\((\"\\w+\")\\)");

    private final String code;
    private final Path directory;

    private ReadmeExample(String code, Path directory) {
        this.code = code;
        this.directory = directory;
    }

    /** The README's example that contains a text. */
    public static ReadmeExample with(String text, Path directory) throws IOException {
        return with(text, Path.of("..", "README.md"), directory);
    }

    /** The example of a page that contains a text. */
    public static ReadmeExample with(String text, Path page, Path directory) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .filter(code -> code.contains(text))
                .map(code -> new ReadmeExample(code, directory))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no example with " + text));
    }

    /**
     * Runs it.
     *
     * @param results how many results are checked
     * @param imports what it needs beside {@code io.partd} and {@code java.util}
     * @param show an expression that turns {@code value} into the text of a comment
     * @param type the type of {@code argument}
     * @param argument what the example knows by this name
     */
    public <T> void run(int results, String imports, String show, Class<T> type, String name, T argument)
            throws Exception {
        try (Compiled compiled = compile(results, imports, show, type.getName() + " " + name)) {
            compiled.run(argument);
        }
    }

    /**
     * Compiles it, to be run as often as one wants.
     *
     * @param parameters what the example knows by name, as parameters of a method; the others as for {@code run}
     */
    public Compiled compile(int results, String imports, String show, String parameters) throws Exception {
        Matcher result = RESULT.matcher(code);
        assertEquals(results, result.results().count());
        String checked =
                FILE.matcher(result.replaceAll("$1check(\"$3\", $2);")).replaceAll("file(directory.resolve($1))");
        int imported = checked.lastIndexOf("import ");
        int body = imported < 0 ? 0 : checked.indexOf('\n', imported);
        String source = checked.substring(0, body)
                + "\nimport io.partd.*; import java.util.*; import java.nio.file.*; " + imports + "\n"
                + "public class Example {\n"
                + "static void check(String expected, Object value) {\n"
                + "  String text = " + show + ";\n"
                + "  if (!text.equals(expected)) throw new AssertionError(text + \" is not \" + expected);\n"
                + "}\n"
                + "public static void run(Path directory, " + parameters + ") throws Exception {"
                + checked.substring(body)
                + "}}\n";
        compile(Files.writeString(directory.resolve("Example.java"), source));
        URL[] classes = {directory.toUri().toURL()};
        return new Compiled(source, new URLClassLoader(classes, getClass().getClassLoader()));
    }

    /** An example that runs. */
    public final class Compiled implements AutoCloseable {
        private final String source;
        private final URLClassLoader loader;

        private Compiled(String source, URLClassLoader loader) {
            this.source = source;
            this.loader = loader;
        }

        /** Runs it, with a value for each of its parameters. */
        public void run(Object... arguments) throws Exception {
            List<Object> all = new ArrayList<>(List.of(directory));
            all.addAll(Arrays.asList(arguments));
            Method run = Arrays.stream(loader.loadClass("Example").getMethods())
                    .filter(method -> method.getName().equals("run"))
                    .findFirst()
                    .orElseThrow();
            try {
                run.invoke(null, all.toArray());
            } catch (InvocationTargetException e) {
                throw new AssertionError(source, e.getCause());
            }
        }

        @Override
        public void close() throws IOException {
            loader.close();
        }
    }

    private void compile(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            assertTrue(
                    compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                            .call(),
                    messages::toString);
        }
    }
}
