package io.partd;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The README's example compiles, runs, and returns what its comments say. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("(?m)^( *)(p\\.get\\(.*\\));\\s*// (.*)$");

    @TempDir
    Path directory;

    @Test
    void theExampleDoesWhatItSays() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(example.find());
        String code = example.group(1).replace("\"dataset\"", "dataset");
        Matcher result = RESULT.matcher(code);
        assertEquals(2, RESULT.matcher(code).results().count());
        run(result.replaceAll("$1Example.check(\"$3\", $2);"));
    }

    private void run(String code) throws Exception {
        int imports = code.lastIndexOf("import ");
        int body = code.indexOf('\n', imports);
        String source = code.substring(0, body)
                + "\nimport io.partd.*; import java.util.*; import java.nio.file.*;\n"
                + "public class Example {\n"
                + "static void check(String expected, Object value) {\n"
                + "  String text = value instanceof List<?> list ? list.stream().map(v -> ((Bytes) v).toUtf8()).toList().toString()\n"
                + "      : ((Bytes) value).toUtf8();\n"
                + "  if (!text.equals(expected)) throw new AssertionError(text + \" is not \" + expected);\n"
                + "}\n"
                + "public static void run(String dataset) throws Exception {"
                + code.substring(body)
                + "}}\n";
        Path file = Files.writeString(directory.resolve("Example.java"), source);
        compile(file);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example")
                    .getMethod("run", String.class)
                    .invoke(null, directory.resolve("dataset").toString());
        } catch (InvocationTargetException e) {
            throw new AssertionError(source, e.getCause());
        }
    }

    private void compile(Path file) throws Exception {
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
