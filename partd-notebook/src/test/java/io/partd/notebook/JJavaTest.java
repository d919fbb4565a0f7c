package io.partd.notebook;

import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.Kernels;
import java.io.IOException;
import java.nio.file.Path;

/** A kernel on JJava's base library. */
class JJavaTest extends RenderersContract {
    @Override
    KernelProcess open(Path directory) throws IOException {
        return Kernels.jjava(directory);
    }
}
