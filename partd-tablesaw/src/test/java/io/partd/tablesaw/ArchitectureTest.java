package io.partd.tablesaw;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-tablesaw", TablePartd.class);
    }
}
