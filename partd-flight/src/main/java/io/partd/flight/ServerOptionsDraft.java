package io.partd.flight;

import io.partd.flight.ServerOptions.Right;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Options while some of them change: the one place besides the records that names each. */
final class ServerOptionsDraft {
    final String address;
    final Map<String, Set<Right>> tokens;
    final Map<Path, Set<Right>> tokenFiles;
    Path certificate;
    Path key;
    Path clientCa;
    long memoryBytes;
    long largestRequestBytes;
    Duration patience;

    int connections;
    int connectionsPerPeer;
    int callsPerConnection;
    Duration firstCallWithin;
    Duration idleAfter;
    Path spillDirectory;
    long spillBytes;

    ServerOptionsDraft(ServerOptions options) {
        address = options.address();
        certificate = options.certificate();
        key = options.key();
        clientCa = options.clientCa();
        tokens = new HashMap<>(options.tokens());
        tokenFiles = new HashMap<>(options.tokenFiles());
        memoryBytes = options.memoryBytes();
        largestRequestBytes = options.largestRequestBytes();
        patience = options.patience();
        ServerLimits limits = options.limits();
        connections = limits.connections();
        connectionsPerPeer = limits.connectionsPerPeer();
        callsPerConnection = limits.callsPerConnection();
        firstCallWithin = limits.firstCallWithin();
        idleAfter = limits.idleAfter();
        spillDirectory = limits.spillDirectory();
        spillBytes = limits.spillBytes();
    }

    /**
     * The options as they are now.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    ServerOptions done() {
        ServerLimits limits = new ServerLimits(
                connections,
                connectionsPerPeer,
                callsPerConnection,
                firstCallWithin,
                idleAfter,
                spillDirectory,
                spillBytes);
        return new ServerOptions(
                address,
                certificate,
                key,
                clientCa,
                tokens,
                tokenFiles,
                memoryBytes,
                largestRequestBytes,
                patience,
                limits);
    }
}
