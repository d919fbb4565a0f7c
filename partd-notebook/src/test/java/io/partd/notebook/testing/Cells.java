package io.partd.notebook.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs cells in JShell, with the imports that IJava and JJava begin with. */
final class Cells implements AutoCloseable {
    private static final List<String> IMPORTS =
            List.of("java.util.*", "java.io.*", "java.math.*", "java.net.*", "java.util.concurrent.*");

    private final CellThreads threads = new CellThreads();
    private final JShell shell = JShell.builder()
            .executionEngine(new CellThreads.Provider(threads), null)
            .build();

    Cells() {
        for (String name : IMPORTS) shell.eval("import " + name + ";");
    }

    void addToClassPath(String path) {
        shell.addToClasspath(path);
    }

    /** Runs the snippets of a cell, and returns what the last one gives, or null. */
    Object run(String cell) throws Exception {
        String code = cell;
        Object value = null;
        while (!code.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(code);
            if (!next.completeness().isComplete()) throw new IllegalArgumentException("incomplete: " + code);
            value = runSnippet(next.source());
            code = next.remaining();
        }
        return value;
    }

    private Object runSnippet(String source) throws Exception {
        Object value = null;
        for (SnippetEvent event : shell.eval(source)) {
            Object result = threads.take(event.value());
            if (event.causeSnippet() != null) continue;
            if (event.exception() instanceof EvalException thrown) throw readable(thrown);
            if (event.exception() != null) throw event.exception();
            if (!event.status().isDefined()) throw new IllegalArgumentException(errors(event.snippet()));
            value = event.snippet().subKind().hasValue() && isExpression(event.snippet()) ? result : null;
        }
        return value;
    }

    /** A declaration gives nothing to show. */
    private static boolean isExpression(Snippet snippet) {
        return switch (snippet.subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
            default -> false;
        };
    }

    private static Exception readable(EvalException thrown) {
        Exception readable = new Exception(thrown.getExceptionClassName() + ": " + thrown.getMessage());
        readable.setStackTrace(thrown.getStackTrace());
        return readable;
    }

    private String errors(Snippet snippet) {
        List<String> errors = new ArrayList<>();
        shell.diagnostics(snippet).forEach(each -> errors.add(each.getMessage(Locale.ROOT)));
        return String.join("; ", errors) + " in: " + snippet.source();
    }

    void interrupt() {
        threads.interrupt();
    }

    @Override
    public void close() {
        shell.close();
    }
}
