package io.partd.flight;

import io.partd.flight.wire.Address;
import io.partd.flight.wire.Tls;
import io.partd.flight.wire.TokenFile;
import io.partd.flight.wire.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a {@link PartdServer} listens, and whom it serves. Immutable; begin with {@link #at}. Its text names no token.
 *
 * @param address where it listens: {@code grpc+tcp://host:port} (port 0 takes a free one), {@code grpc+tls://host:port}
 *     or {@code grpc+unix:///path}
 * @param certificate the server's certificate chain for TLS, a PEM file, or null
 * @param key its private key, a PEM file in PKCS#8, or null
 * @param clientCa the certificates of those who sign clients' certificates, a PEM file: only clients with one are
 *     served; or null
 * @param tokens what the bearer of each token may do; where there are none, nor files of them, everybody may do
 *     everything
 * @param tokenFiles files of more tokens, which are read again when they change: a token in each line, and after a
 *     space what it gives the right to, such as {@code read,append}; what is here holds for lines that do not say it
 * @param memoryBytes how much memory requests in flight may take, in bytes
 * @param largestRequestBytes the size of the largest append, in bytes; one that is large for the memory waits in a
 *     temporary file until it is whole
 * @param patience how long a client may take to send a message of at most 1 MiB
 * @param limits how many connections and calls there are, how long they may do nothing, and what is kept in files
 */
public record ServerOptions(
        String address,
        Path certificate,
        Path key,
        Path clientCa,
        Map<String, Set<Right>> tokens,
        Map<Path, Set<Right>> tokenFiles,
        long memoryBytes,
        long largestRequestBytes,
        Duration patience,
        ServerLimits limits) {
    private static final long LEAST_MEMORY = 16 << 20;

    /** What a token gives the right to. */
    public enum Right {
        /** To read values, keys and figures. */
        READ,
        /** To append, to flush, and to hold the lock, which keeps everybody else from changing anything. */
        APPEND,
        /** To delete keys, and to drop everything. */
        REMOVE
    }

    /**
     * Checks the options, each by itself; what does not go together is refused by {@link PartdServer#serve}.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public ServerOptions {
        Address.of(address);
        tokens = Map.copyOf(tokens);
        tokenFiles = Map.copyOf(tokenFiles);
        Objects.requireNonNull(patience, "patience is null");
        Objects.requireNonNull(limits, "limits is null");
        tokens.forEach((token, rights) -> {
            Tokens.check(token);
            if (rights.isEmpty()) throw new IllegalArgumentException("a token gives no right");
        });
        tokenFiles.forEach((file, rights) -> {
            if (rights.isEmpty()) throw new IllegalArgumentException("the tokens in " + file + " give no right");
        });
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ": use at least " + LEAST_MEMORY);
        }
        if (largestRequestBytes < 1) {
            throw new IllegalArgumentException("largestRequestBytes is " + largestRequestBytes + ": use 1 or more");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + ": use a time");
        }
    }

    /** Returns the options of a server at this address: 512 MiB of memory, appends of up to 16 GiB, no tokens. */
    public static ServerOptions at(String address) {
        return new ServerOptions(
                address,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                512L << 20,
                16L << 30,
                Duration.ofSeconds(30),
                ServerLimits.DEFAULTS);
    }

    private ServerOptions with(Consumer<ServerOptionsDraft> change) {
        ServerOptionsDraft draft = new ServerOptionsDraft(this);
        change.accept(draft);
        return draft.done();
    }

    /** Returns these options with a {@link #certificate} chain and its {@link #key}, PEM files. */
    public ServerOptions withCertificate(Path newCertificate, Path newKey) {
        return with(draft -> {
            draft.certificate = newCertificate;
            draft.key = newKey;
        });
    }

    /** Returns these options with a {@link #clientCa}. */
    public ServerOptions withClientCa(Path newClientCa) {
        return with(draft -> draft.clientCa = newClientCa);
    }

    /** Returns these options with one more token, and what its bearer may do. */
    public ServerOptions withToken(String token, Right... rights) {
        return with(draft -> draft.tokens.put(token, Set.of(rights)));
    }

    /**
     * Returns these options with one more {@linkplain #tokenFiles file of tokens}.
     *
     * @param rights those of tokens beside which the file names none
     */
    public ServerOptions withTokenFile(Path file, Right... rights) {
        return with(draft -> draft.tokenFiles.put(file, Set.of(rights)));
    }

    /** Returns these options with another {@link #memoryBytes}. */
    public ServerOptions withMemoryBytes(long newMemoryBytes) {
        return with(draft -> draft.memoryBytes = newMemoryBytes);
    }

    /** Returns these options with another {@link #largestRequestBytes}. */
    public ServerOptions withLargestRequestBytes(long newLargestRequestBytes) {
        return with(draft -> draft.largestRequestBytes = newLargestRequestBytes);
    }

    /** Returns these options with another {@link #patience}. */
    public ServerOptions withPatience(Duration newPatience) {
        return with(draft -> draft.patience = newPatience);
    }

    /**
     * Returns these options with limits for connections.
     *
     * @param all how many there are at most
     * @param perPeer how many of them one address has at most; 0 for half of all, and all for this machine
     */
    public ServerOptions withConnections(int all, int perPeer) {
        return with(draft -> {
            draft.connections = all;
            draft.connectionsPerPeer = perPeer;
        });
    }

    /** Returns these options with another number of calls that a connection may have under way. */
    public ServerOptions withCallsPerConnection(int calls) {
        return with(draft -> draft.callsPerConnection = calls);
    }

    /**
     * Returns these options with limits for connections that do nothing.
     *
     * @param firstCallWithin how long one may take to its first call that is allowed to it
     * @param idleAfter how long one without a call is kept
     */
    public ServerOptions withTimeouts(Duration firstCallWithin, Duration idleAfter) {
        return with(draft -> {
            draft.firstCallWithin = firstCallWithin;
            draft.idleAfter = idleAfter;
        });
    }

    /**
     * Returns these options with another place for appends that are large for the memory, until they are whole.
     *
     * @param directory where they lie in files; null for the directory for temporary files
     * @param bytes how many bytes such files have together at most
     */
    public ServerOptions withSpill(Path directory, long bytes) {
        return with(draft -> {
            draft.spillDirectory = directory;
            draft.spillBytes = bytes;
        });
    }

    /**
     * Requires that the options go together, serve no other machine without TLS and without asking who is there, and
     * name files that can be used. {@link PartdServer#serve} does so too: this is for who wants to know before there is
     * a store.
     *
     * @throws IllegalArgumentException if they do not
     * @throws java.io.UncheckedIOException if a file cannot be read, or is not what it should be
     */
    public void check() {
        checkedAddress();
        if (certificate != null) Tls.server(certificate, key, clientCa);
        tokenFiles.forEach((file, rights) -> TokenFile.read(file, Right.class, rights));
    }

    /** The address, once the options are known to go together. */
    Address checkedAddress() {
        Address parsed = Address.of(address);
        boolean tls = parsed.kind() == Address.Kind.TLS;
        if (tls != (certificate != null) || tls != (key != null)) {
            throw new IllegalArgumentException(
                    address + ": a server at grpc+tls:// has a certificate and a key, and no other has them");
        }
        if (clientCa != null && !tls) {
            throw new IllegalArgumentException(address + ": clients show their certificates to grpc+tls:// alone");
        }
        boolean guarded = tls && (clientCa != null || !tokens.isEmpty() || !tokenFiles.isEmpty());
        if (!guarded && !parsed.isLocal()) {
            throw new IllegalArgumentException(address + " can be reached from other machines: use grpc+tls:// together"
                    + " with tokens or a client CA, or listen on 127.0.0.1");
        }
        return parsed;
    }

    @Override
    public String toString() {
        return "ServerOptions[" + address + ", certificate=" + certificate + ", clientCa=" + clientCa + ", "
                + tokens.size() + " tokens, tokenFiles, memoryBytes=" + memoryBytes + ", largestRequestBytes="
                + largestRequestBytes
                + ", patience=" + patience + ", " + limits + "]";
    }
}
