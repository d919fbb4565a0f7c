package io.partd.flight;

import io.partd.testing.ArchitectureContract;

final class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super("partd-flight", FlightPartd.class);
    }
}
