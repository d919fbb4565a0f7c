package io.partd.arrow;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-arrow", ArrowPartd.class);
    }
}
