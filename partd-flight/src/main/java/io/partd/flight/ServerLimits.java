package io.partd.flight;

import io.partd.flight.wire.WireLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How many connections and calls a {@link PartdServer} has, how long it waits for clients, and how much it keeps in
 * files; {@link ServerOptions} has a method for each. Immutable.
 *
 * @param connections how many connections there are at most; as many as there are memory and file descriptors for, if
 *     those are fewer
 * @param connectionsPerPeer how many of them one address has at most; 0 for half of all, and all for this machine
 * @param callsPerConnection how many calls of a connection are under way at most; its other calls wait at the client
 * @param firstCallWithin how long a connection may take to its first call that is allowed to it
 * @param idleAfter how long a connection without a call is kept
 * @param spillDirectory where large appends wait in files until they are whole; null for the directory for temporary
 *     files
 * @param spillBytes how many bytes such files have together at most
 */
public record ServerLimits(
        int connections,
        int connectionsPerPeer,
        int callsPerConnection,
        Duration firstCallWithin,
        Duration idleAfter,
        Path spillDirectory,
        long spillBytes) {
    /** A client of this project has at most half as many under way, so that who holds the lock is never kept out. */
    private static final int LEAST_CALLS = 2 * WireLimits.CALLS_AT_ONCE;

    static final ServerLimits DEFAULTS =
            new ServerLimits(100_000, 0, LEAST_CALLS, Duration.ofSeconds(10), Duration.ofMinutes(10), null, 64L << 30);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public ServerLimits {
        Objects.requireNonNull(firstCallWithin, "firstCallWithin is null");
        Objects.requireNonNull(idleAfter, "idleAfter is null");
        require(connections >= 1, "connections", connections, "1 or more");
        require(connectionsPerPeer >= 0, "connectionsPerPeer", connectionsPerPeer, "0 or more");
        require(callsPerConnection >= LEAST_CALLS, "callsPerConnection", callsPerConnection, LEAST_CALLS + " or more");
        require(firstCallWithin.toMillis() > 0, "firstCallWithin", firstCallWithin, "a time");
        require(idleAfter.toMillis() > 0, "idleAfter", idleAfter, "a time");
        require(spillBytes >= 0, "spillBytes", spillBytes, "0 or more");
    }

    private static void require(boolean right, String option, Object value, String use) {
        if (!right) throw new IllegalArgumentException(option + " is " + value + ": use " + use);
    }
}
