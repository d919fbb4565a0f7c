package io.partd.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs cells in JShell, with IJava's default imports and its magics {@code %jars} and {@code %classpath}. */
public final class JShellKernel extends BaseKernel {
    private static final List<String> IMPORTS =
            List.of("java.util.*", "java.io.*", "java.math.*", "java.net.*", "java.util.concurrent.*");
    /** As IJava's: magics may be indented, and stand within blocks. */
    private static final MagicParser MAGICS = new MagicParser("(?<=(?:^|=))\\s*%", "%%");

    private final CellThreads threads = new CellThreads();
    private final JShell shell = JShell.builder()
            .executionEngine(new CellThreads.Provider(threads), null)
            .build();

    public JShellKernel() {
        for (String name : IMPORTS) shell.eval("import " + name + ";");
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java-source")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("java")
                .build();
    }

    @Override
    public DisplayData eval(String cell) throws Exception {
        String code = MAGICS.transformLineMagics(
                cell,
                magic -> "io.github.spencerpark.ijava.IJava.getKernelInstance().magic(\""
                        + magic.getMagicCall().getName() + "\", \""
                        + String.join("\", \"", magic.getMagicCall().getArgs()) + "\");");
        Object value = null;
        while (!code.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(code);
            if (!next.completeness().isComplete()) throw new IllegalArgumentException("incomplete: " + code);
            value = run(next.source());
            code = next.remaining();
        }
        return value == null ? null : getRenderer().render(value);
    }

    private Object run(String source) throws Exception {
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

    /** Runs a magic; the code of a cell calls it. */
    public void magic(String name, String... globs) throws IOException {
        if (!name.equals("jars") && !name.equals("classpath")) throw new IllegalArgumentException("no magic %" + name);
        for (String glob : globs) {
            for (Path path : new GlobFinder(glob).computeMatchingPaths()) {
                shell.addToClasspath(path.toAbsolutePath().toString());
            }
        }
    }

    @Override
    public void interrupt() {
        threads.interrupt();
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        shell.close();
    }
}
