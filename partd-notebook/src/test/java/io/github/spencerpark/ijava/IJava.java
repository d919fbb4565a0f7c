package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.partd.notebook.testing.JShellKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stands in for IJava, which is not on Maven Central: a kernel on IJava's own base library, which is, that is found
 * under the same name. The argument is the connection file.
 */
public final class IJava {
    private static volatile JShellKernel kernel;

    private IJava() {}

    /** The kernel that runs, or null. */
    public static JShellKernel getKernelInstance() {
        return kernel;
    }

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        kernel = new JShellKernel();
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }
}
