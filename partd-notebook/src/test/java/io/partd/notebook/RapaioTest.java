package io.partd.notebook;

import io.partd.notebook.testing.KernelProcess;
import io.partd.notebook.testing.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Rapaio's kernel itself. About one start in five hangs, and a start is given up late. */
@Tag("slow")
class RapaioTest extends RenderersContract {
    @Override
    KernelProcess open(Path directory) throws IOException {
        return Kernels.rapaio(directory);
    }
}
