package io.partd.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An example of the README, which is compiled and run as it stands: file names are in a directory of the test, and
 * calls with a comment behind them have to return what it says.
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

    /** The example that contains a text. */
    public static ReadmeExample with(String text, Path directory) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(block -> block.group(1))
                .filter(code -> code.contains(text))
                .map(code -> new ReadmeExample(code, directory))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README has no example with " + text));
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
        Matcher result = RESULT.matcher(code);
        assertEquals(results, result.results().count());
        String checked =
                FILE.matcher(result.replaceAll("$1check(\"$3\", $2);")).replaceAll("file(directory.resolve($1))");
        int body = checked.indexOf('\n', checked.lastIndexOf("import "));
        String source = checked.substring(0, body)
                + "\nimport io.partd.*; import java.util.*; import java.nio.file.*; " + imports + "\n"
                + "public class Example {\n"
                + "static void check(String expected, Object value) {\n"
                + "  String text = " + show + ";\n"
                + "  if (!text.equals(expected)) throw new AssertionError(text + \" is not \" + expected);\n"
                + "}\n"
                + "public static void run(Path directory, " + type.getName() + " " + name + ") throws Exception {"
                + checked.substring(body)
                + "}}\n";
        compile(Files.writeString(directory.resolve("Example.java"), source));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("run", Path.class, type).invoke(null, directory, argument);
        } catch (InvocationTargetException e) {
            throw new AssertionError(source, e.getCause());
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
