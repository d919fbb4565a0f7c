package io.partd.notebook;

import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.KernelProcess.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a kernel sends of each value, over ZeroMQ, without a call in the cells. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RenderersContract {
    private static final String SCRIPT = "<script>alert('x')</script>";
    private static final String ESCAPED = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;";

    private KernelProcess kernel;

    /** Starts the kernel in the directory, with the library on the class path of its cells. */
    abstract KernelProcess open(Path directory) throws IOException;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        kernel = open(directory);
        run("""
                import io.partd.*;
                import io.partd.arrow.*;
                import io.partd.tablesaw.*;
                import tech.tablesaw.api.*;
                import static io.partd.Partds.*;
                var hostile = "%s";
                var store = file("store");
                """.replace("%s", SCRIPT));
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    private Outcome run(String code) {
        Outcome outcome = kernel.run(code);
        assertEquals("ok", outcome.status(), outcome.error() + kernel.log());
        return outcome;
    }

    /** Runs a cell and returns the HTML of its last value, in which nothing hostile is markup. */
    private String html(String code) {
        return view(code).html();
    }

    private View view(String code) {
        Outcome outcome = run(code);
        List<String> html = outcome.shown("text/html");
        assertEquals(1, html.size(), "text/html of " + code + ": " + outcome.published());
        assertFalse(html.get(0).contains("<script"), html.get(0));
        return new View(html.get(0), outcome.shown("text/plain").get(0));
    }

    private static void assertContains(String text, String... parts) {
        for (String part : parts) assertTrue(text.contains(part), () -> part + " is not in: " + text);
    }

    @Test
    void storeOfBytes() {
        View view = view("""
                store.drop();
                store.append(Map.of(hostile, Bytes.utf8("12345"), "b", Bytes.utf8("1234567890")));
                store""");
        assertContains(view.html(), "2 keys, 15 B", ESCAPED, ">10 B<", ">5 B<", ">████████████████████████<");
        assertContains(view.html(), ">████████████<");
        assertFalse(view.html().contains("rows"), "these are no tables");
        assertContains(view.text(), "2 keys, 15 B", SCRIPT, "10 B");
    }

    @Test
    void storeOfTablesThroughEveryLayer() {
        String html = html("""
                var tables = TablePartd.over(tempFile());
                tables.append(hostile, Table.create("t", IntColumn.create("n", new int[] {1, 2, 3})));
                tables.append(hostile, Table.create("t", IntColumn.create("n", new int[] {4})));
                tables""");
        assertContains(html, "1 key", ESCAPED, ">rows<", ">4<");
        assertContains(html("tables.store()"), ">4<");
        assertContains(html("zstd(dict())"), "0 keys, 0 B");
    }

    @Test
    void whatIsStagedIsShown() {
        String html = html("""
                var staged = TablePartd.over(tempFile(), ArrowOptions.defaults().withStageBytes(1 << 20));
                staged.append("k", Table.create("t", IntColumn.create("n", new int[] {1, 2, 3, 4, 5})));
                staged""");
        assertContains(html, "1 key", ">5<");
    }

    @Test
    void somebodyElsesStoreShowsItsKeys() {
        String html = html("""
                (Partd<?>) java.lang.reflect.Proxy.newProxyInstance(
                        Partd.class.getClassLoader(), new Class<?>[] {Partd.class}, (store, method, arguments) -> {
                            if (method.getName().equals("keys")) return new TreeSet<>(List.of(hostile, "b"));
                            throw new UnsupportedOperationException(method.getName());
                        })""");
        assertContains(html, "2 keys", ESCAPED, ">b<");
    }

    @Test
    void manyKeysShowTheLargest() {
        String html = html("""
                var many = dict();
                for (int i = 0; i < 300; i++) many.append("k" + i, Bytes.of(new byte[i]));
                many""");
        assertContains(html, "300 keys", ">k299<", ">k280<", "the 20 largest keys; the median one holds 149 B");
        assertFalse(html.contains(">k279<"), html);
    }

    @Test
    void bytesAsTextAndAsDump() {
        assertContains(html("Bytes.utf8(hostile)"), "27 B", ESCAPED);
        View dump = view("Bytes.of(new byte[] {0, 1, '<', 'b', '>', (byte) 0xff})");
        assertContains(dump.html(), "00 01 3c 62 3e ff", "··&lt;b&gt;·");
        assertContains(dump.text(), "00 01 3c 62 3e ff", "··<b>·");
        assertContains(html("Bytes.EMPTY"), "no bytes");
    }

    @Test
    void arrowTable() {
        String html = html("""
                var allocator = ArrowPartd.sharedAllocator();
                var root = ArrowTables.toArrow(Table.create("t",
                        StringColumn.create("name " + hostile, hostile, null),
                        DoubleColumn.create("d", 1.5, 2.5),
                        DateColumn.create("day", java.time.LocalDate.of(2001, 2, 3), null)), allocator);
                root""");
        assertContains(
                html, "2 rows, 3 columns", "name " + ESCAPED, ">" + ESCAPED + "<", ">1.5<", "2001-02-03", ">null<");
        assertContains(html, "string", "double", "date");
        assertContains(html("root.getSchema()"), "3 columns", "name " + ESCAPED, "string");
        assertContains(html("root.close(); root"), "cannot be shown");
    }

    @Test
    void tablesawTable() {
        View view = view("""
                var table = Table.create(hostile, StringColumn.create("s", hostile, ""), IntColumn.create("n", 1, 2));
                for (int i = 0; i < 20; i++) table.append(table.first(1));
                table""");
        assertContains(view.html(), ESCAPED + ": 22 rows, 2 columns", ">" + ESCAPED + "<", ">null<", "integer");
        assertContains(view.html(), "the first 10 rows");
        assertContains(view.text(), "22 rows, 2 columns", SCRIPT);
    }

    @Test
    void optionsAndPartitioners() {
        assertContains(html("Partitioner.values(hostile)"), "<code>values(&quot;" + ESCAPED + "&quot;)</code>");
        assertContains(html("FileOptions.defaults().withFsync(true)"), "fsync", "on each append", "1,073,741,824");
        assertContains(html("ArrowOptions.defaults().withStageBytes(5_000_000)"), "5,000,000", "none");
        assertContains(html("store.stats()"), "segments", "bytes of files");
    }

    @Test
    void longWorkShowsProgress() {
        List<String> html = run("""
                        try (var progress = Progress.begin(hostile, "steps", 10)) {
                            for (int i = 0; i < 10; i++) { Thread.sleep(150); progress.add(1); }
                        }""").shown("text/html");
        assertContains(html.get(html.size() - 1), ESCAPED + ": 10 steps in ", "value=\"10\"");
        assertTrue(html.size() > 1, "it is updated: " + html);
        assertEquals(
                List.of(),
                run("Progress.begin(\"short\", \"steps\", 1).close();").shown("text/html"));
    }

    @Test
    void closedStoreSaysSo() {
        assertContains(html("var gone = dict(); gone.close(); gone"), "cannot be shown", "closed");
    }
}
