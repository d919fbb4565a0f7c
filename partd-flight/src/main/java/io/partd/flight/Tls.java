package io.partd.flight;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** TLS from PEM files. */
final class Tls {
    private Tls() {}

    static SslContext server(ServerOptions options) {
        try {
            SslContextBuilder builder = identity(options.certificate(), options.key(), true);
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
            SslContextBuilder builder = options.certificate() == null
                    ? SslContextBuilder.forClient()
                    : identity(options.certificate(), options.key(), false);
            if (options.trustedCa() != null) trust(builder, options.trustedCa());
            return GrpcSslContexts.configure(builder).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        }
    }

    private static SslContextBuilder identity(Path certificate, Path key, boolean server) {
        try (InputStream chain = Files.newInputStream(certificate);
                InputStream secret = Files.newInputStream(key)) {
            return server
                    ? SslContextBuilder.forServer(chain, secret)
                    : SslContextBuilder.forClient().keyManager(chain, secret);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            // The cause may repeat what it read.
            throw new IllegalArgumentException(
                    certificate + " and " + key + " are not a certificate chain and its PKCS#8 key, in PEM");
        }
    }

    private static void trust(SslContextBuilder builder, Path ca) {
        try (InputStream certificates = Files.newInputStream(ca)) {
            builder.trustManager(certificates);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ca + " is not a PEM file of certificates", e);
        }
    }
}
