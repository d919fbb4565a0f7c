package io.partd.benchmarks;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("benchmarks", SideBySide.class);
    }
}
