package io.partd.notebook;

import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** A kernel on IJava's base library, found as IJava is. */
@Tag("slow")
class IJavaTest extends RenderersContract {
    @Override
    KernelProcess open(Path directory) throws IOException {
        return Kernels.ijava(directory);
    }
}
