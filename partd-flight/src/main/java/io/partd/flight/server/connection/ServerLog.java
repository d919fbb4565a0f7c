package io.partd.flight.server.connection;

/** Where a server logs: all of it under the name of the class that its users know. */
public final class ServerLog {
    public static final System.Logger LOG = System.getLogger("io.partd.flight.PartdServer");

    private ServerLog() {}
}
