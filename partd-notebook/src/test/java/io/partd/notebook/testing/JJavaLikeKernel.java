package io.partd.notebook.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * A kernel on JJava's base library, for JJava itself is not on Maven Central. As JJava does, it installs the extensions
 * of what a cell puts on the class path, from a class loader below that of the cells.
 */
public final class JJavaLikeKernel extends BaseKernel {
    private static final String CLASS_PATH = "%classpath ";

    private final Cells cells = new Cells();

    JJavaLikeKernel() {
        super(
                "JJava-like",
                "1",
                new LanguageInfo.Builder("Java").build(),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                null,
                true,
                new StringStyler.Builder().build());
    }

    /** The argument is the connection file. */
    public static void main(String[] args) throws Exception {
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        JJavaLikeKernel kernel = new JJavaLikeKernel();
        kernel.onStartup();
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }

    @Override
    public Object evalRaw(String cell) {
        try {
            if (!cell.startsWith(CLASS_PATH)) return cells.run(cell);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        String path = cell.substring(CLASS_PATH.length()).strip().replace(" ", java.io.File.pathSeparator);
        cells.addToClassPath(path);
        installExtensions(path);
        return null;
    }

    /** The class loader of what cells declare. */
    @Override
    protected ClassLoader getClassLoader() {
        try {
            return (ClassLoader) cells.run("new Object() {}.getClass().getClassLoader()");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_MAYBE;
    }

    @Override
    public void interrupt() {
        cells.interrupt();
    }
}
