package io.partd.flight.server.access;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.partd.flight.ServerOptions;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.server.connection.ServerLog;
import io.partd.flight.wire.Tls;
import io.partd.flight.wire.TokenFile;
import io.partd.flight.wire.Tokens;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Who may do what at a server: certificates and tokens, read again when their files change. A file that cannot be used
 * changes nothing, and opens nothing.
 */
public final class Access implements AutoCloseable {
    private final ServerOptions options;
    private final FileWatch watch = new FileWatch();
    /** Of failed attempts to get in. */
    private final LimitedLog failures = new LimitedLog(ServerLog.LOG, System::nanoTime);

    private final LongAdder failedHandshakes = new LongAdder();
    private final ReloadedTls tls;
    private volatile List<Known> known = List.of();

    private record Known(byte[] digest, Set<Right> rights) {}

    /**
     * Reads the files that the options name.
     *
     * @throws java.io.UncheckedIOException if one cannot be read, or is not what it should be
     */
    public Access(ServerOptions options) {
        this.options = options;
        this.tls = options.certificate() == null
                ? null
                : new ReloadedTls(() -> Tls.server(options.certificate(), options.key(), options.clientCa()));
        try {
            if (tls != null) watch.read("certificates", certificates(), tls::read);
            List<Path> files = List.copyOf(options.tokenFiles().keySet());
            watch.read("tokens", files, this::readTokens);
            watch.begin();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private List<Path> certificates() {
        return Stream.of(options.certificate(), options.key(), options.clientCa())
                .filter(Objects::nonNull)
                .toList();
    }

    private void readTokens() {
        List<Known> all = new ArrayList<>();
        add(options.tokens(), all);
        options.tokenFiles().forEach((file, otherwise) -> add(TokenFile.read(file, Right.class, otherwise), all));
        known = all;
    }

    private static void add(Map<String, Set<Right>> tokens, List<Known> all) {
        tokens.forEach((token, rights) -> all.add(new Known(digest(token), rights)));
    }

    private static byte[] digest(String token) {
        return Tokens.digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether everybody who can connect may do everything. */
    boolean isOpen() {
        return options.tokens().isEmpty() && options.tokenFiles().isEmpty();
    }

    /** What the bearer of a token may do; nothing where it is none. */
    Set<Right> rights(String token) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        byte[] digest = digest(token);
        for (Known each : known) if (MessageDigest.isEqual(each.digest, digest)) rights.addAll(each.rights);
        return rights;
    }

    /** Notes that somebody could not connect. */
    void handshakeFailed(Channel connection, String reason) {
        failedHandshakes.increment();
        failures.warn("no TLS with " + connection.remoteAddress() + ": " + reason);
    }

    /** How often that was so. */
    public long failedHandshakes() {
        return failedHandshakes.sum();
    }

    /** Notes that a call was refused for what its caller is; no token is part of this. */
    void refused(String method, SocketAddress peer, String reason) {
        failures.warn(method + " was refused to " + peer + ": " + reason);
    }

    /** What connections are encrypted with, or null. */
    public SslContext tls() {
        return tls;
    }

    @Override
    public void close() {
        watch.close();
    }
}
