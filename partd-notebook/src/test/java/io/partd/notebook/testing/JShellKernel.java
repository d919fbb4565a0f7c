package io.partd.notebook.testing;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.nio.file.Path;

/** A kernel on IJava's base library, with its magics {@code %jars} and {@code %classpath}. */
public final class JShellKernel extends BaseKernel {
    /** As IJava's: magics may be indented, and stand within blocks. */
    private static final MagicParser MAGICS = new MagicParser("(?<=(?:^|=))\\s*%", "%%");

    private final Cells cells = new Cells();

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
        Object value = cells.run(code);
        return value == null ? null : getRenderer().render(value);
    }

    /** Runs a magic; the code of a cell calls it. */
    public void magic(String name, String... globs) throws IOException {
        if (!name.equals("jars") && !name.equals("classpath")) throw new IllegalArgumentException("no magic %" + name);
        for (String glob : globs) {
            for (Path path : new GlobFinder(glob).computeMatchingPaths()) {
                cells.addToClassPath(path.toAbsolutePath().toString());
            }
        }
    }

    @Override
    public void interrupt() {
        cells.interrupt();
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        cells.close();
    }
}
