package io.partd.flight;

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
final class Tls {
    private Tls() {}

    static SslContext server(ServerOptions options) {
        try {
            KeyPair identity = identity(options.certificate(), options.key());
            SslContextBuilder builder = SslContextBuilder.forServer(identity.key, identity.chain);
            if (options.clientCa() != null) {
                trust(builder, options.clientCa());
                builder.clientAuth(ClientAuth.REQUIRE);
            }
            return GrpcSslContexts.configure(builder).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        }
    }

    static SslContext client(ClientOptions options) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            if (options.certificate() != null) {
                KeyPair identity = identity(options.certificate(), options.key());
                builder.keyManager(identity.key, identity.chain);
            }
            if (options.trustedCa() != null) trust(builder, options.trustedCa());
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
