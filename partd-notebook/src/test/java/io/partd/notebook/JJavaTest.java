package io.partd.notebook;

import java.io.IOException;
import java.nio.file.Path;

/** A kernel on JJava's base library. */
class JJavaTest extends RenderersContract {
    @Override
    KernelProcess open(Path directory) throws IOException {
        return Kernels.jjava(directory);
    }
}
