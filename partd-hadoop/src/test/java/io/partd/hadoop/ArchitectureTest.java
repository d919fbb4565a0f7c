package io.partd.hadoop;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-hadoop", HadoopPartd.class);
    }
}
