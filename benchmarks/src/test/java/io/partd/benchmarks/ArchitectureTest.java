package io.partd.benchmarks;

import io.partd.benchmarks.sidebyside.SideBySide;
import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("benchmarks", SideBySide.class);
    }
}
