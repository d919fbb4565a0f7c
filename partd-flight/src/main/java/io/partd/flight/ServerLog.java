package io.partd.flight;

/** Where a server logs: all of it under the name of the class that its users know. */
final class ServerLog {
    static final System.Logger LOG = System.getLogger("io.partd.flight.PartdServer");

    private ServerLog() {}
}
