package io.partd.flight.wire;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** TLS from PEM files. */
public final class Tls {
    private Tls() {}

    /**
     * What a server shows, and asks to be shown.
     *
     * @param clientCa who signs clients' certificates; null where they need none
     * @throws UncheckedIOException if a file cannot be read, or is not what it should be
     */
    public static SslContext server(Path certificate, Path key, Path clientCa) {
        try {
            KeyPair identity = identity(certificate, key);
            SslContextBuilder builder = SslContextBuilder.forServer(identity.key, identity.chain);
            if (clientCa != null) {
                trust(builder, clientCa);
                builder.clientAuth(ClientAuth.REQUIRE);
            }
            return GrpcSslContexts.configure(builder).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Whom a client trusts, and what it shows.
     *
     * @param trustedCa who signs servers' certificates; null for those that the JDK trusts
     * @param certificate its own chain, or null
     * @throws UncheckedIOException if a file cannot be read, or is not what it should be
     */
    public static SslContext client(Path trustedCa, Path certificate, Path key) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            if (certificate != null) {
                KeyPair identity = identity(certificate, key);
                builder.keyManager(identity.key, identity.chain);
            }
            if (trustedCa != null) trust(builder, trustedCa);
            return GrpcSslContexts.configure(builder).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        }
    }

    private static KeyPair identity(Path certificate, Path key) {
        try {
            return KeyPair.read(certificate, key);
        } catch (IOException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            // The cause may repeat what it read.
            throw wrong(certificate + " and " + key + " are not a certificate chain and its PKCS#8 key, in PEM", null);
        }
    }

    private static void trust(SslContextBuilder builder, Path ca) {
        try (InputStream certificates = SmallFile.stream(ca)) {
            builder.trustManager(certificates);
        } catch (IOException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw wrong(ca + " is not a PEM file of certificates", e);
        }
    }

    private static UncheckedIOException wrong(String message, Exception cause) {
        return new UncheckedIOException(message, new IOException(message, cause));
    }
}
