package io.partd.flight.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Certificates and keys as PEM files: an authority, a server and a client of it, and the same gone wrong. */
public record Certificates(Path directory) {
    /** Makes all of them in a directory. */
    static Certificates in(Path directory) {
        try {
            X509Bundle authority = authority("CN=partd test authority");
            X509Bundle other = authority("CN=another authority");
            Instant past = Instant.now().minus(Duration.ofDays(10));
            Certificates all = new Certificates(directory);
            all.write("ca", authority);
            all.write("otherCa", other);
            all.write("server", server().buildIssuedBy(authority));
            all.write("otherServer", server().buildIssuedBy(other));
            all.write("client", new CertificateBuilder().subject("CN=client").buildIssuedBy(authority));
            all.write("stranger", new CertificateBuilder().subject("CN=client").buildIssuedBy(other));
            all.write(
                    "expired",
                    server().notBefore(past).notAfter(past.plusSeconds(60)).buildIssuedBy(authority));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new AssertionError("no certificates can be made", e);
        }
    }

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static CertificateBuilder server() {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1");
    }

    private void write(String name, X509Bundle bundle) throws IOException {
        Files.writeString(certificate(name), bundle.getCertificatePathPEM());
        Files.writeString(key(name), bundle.getPrivateKeyPEM());
    }

    public Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    public Path key(String name) {
        return directory.resolve(name + ".key");
    }
}
