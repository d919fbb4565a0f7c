package io.partd.duckdb;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-duckdb", PartdDuck.class);
    }
}
