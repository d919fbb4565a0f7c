package io.partd.spark;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-spark", PartdSource.class);
    }
}
