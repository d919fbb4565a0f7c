package io.partd.notebook;

import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.Kernels;
import java.io.IOException;
import java.nio.file.Path;

/** A kernel on IJava's base library, found as IJava is. */
class IJavaTest extends RenderersContract {
    @Override
    KernelProcess open(Path directory) throws IOException {
        return Kernels.ijava(directory);
    }
}
