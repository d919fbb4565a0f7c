package io.partd.cli;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-cli", Main.class);
    }
}
