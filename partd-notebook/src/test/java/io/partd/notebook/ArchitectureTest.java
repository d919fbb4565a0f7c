package io.partd.notebook;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-notebook", Notebook.class);
    }
}
