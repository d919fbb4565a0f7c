package io.partd.flight.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/** Where a server listens: TCP, TLS or a Unix socket. */
public record Address(Kind kind, String host, int port, Path path) {
    private static final String FORMS =
            "use grpc+tcp://host:port, grpc+tls://host:port or grpc+unix:///path/of/the/socket";
    private static final int MAX_PORT = 65_535;

    public enum Kind {
        TCP,
        TLS,
        UNIX
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Address of(String uri) {
        Objects.requireNonNull(uri, "the address is null");
        URI parsed;
        try {
            parsed = URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + uri + "\" is not an address: " + FORMS, e);
        }
        String scheme = String.valueOf(parsed.getScheme());
        return switch (scheme) {
            case "grpc+tcp" -> network(Kind.TCP, parsed);
            case "grpc+tls" -> network(Kind.TLS, parsed);
            case "grpc+unix" -> unix(parsed);
            default -> throw new IllegalArgumentException("\"" + uri + "\" is not an address: " + FORMS);
        };
    }

    private static Address network(Kind kind, URI uri) {
        boolean more =
                !String.valueOf(uri.getPath()).matches("/?") || uri.getQuery() != null || uri.getUserInfo() != null;
        if (uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > MAX_PORT || more) {
            throw new IllegalArgumentException("\"" + uri + "\" is not an address: " + FORMS);
        }
        return new Address(kind, uri.getHost(), uri.getPort(), null);
    }

    private static Address unix(URI uri) {
        String path = uri.getPath();
        if (uri.getAuthority() != null || path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("\"" + uri + "\" names no absolute path: " + FORMS);
        }
        try {
            return new Address(Kind.UNIX, null, 0, Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + uri + "\" is not an address: " + e.getMessage(), e);
        }
    }

    public Address withPort(int actual) {
        return new Address(kind, host, actual, path);
    }

    SocketAddress socket() {
        return kind == Kind.UNIX ? UnixDomainSocketAddress.of(path) : new InetSocketAddress(bareHost(), port);
    }

    /** Whether nobody on another machine can reach it. */
    public boolean isLocal() {
        if (kind == Kind.UNIX) return true;
        try {
            return InetAddress.getByName(bareHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public URI uri() {
        return switch (kind) {
            case TCP -> URI.create("grpc+tcp://" + host + ":" + port);
            case TLS -> URI.create("grpc+tls://" + host + ":" + port);
            case UNIX -> URI.create("grpc+unix://" + path.toUri().getRawPath());
        };
    }
}
