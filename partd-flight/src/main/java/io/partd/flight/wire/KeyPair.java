package io.partd.flight.wire;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A certificate chain and its private key from PEM files. Neither OpenSSL nor Netty minds when they do not belong
 * together, as they do not while they are being replaced: every handshake would fail then.
 */
final class KeyPair {
    final PrivateKey key;
    final X509Certificate[] chain;

    private KeyPair(PrivateKey key, X509Certificate... chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Reads the files.
     *
     * @throws IOException if they cannot be read
     * @throws GeneralSecurityException if they are not what they should be; it may have what was read in it
     */
    static KeyPair read(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyPair pair = new KeyPair(Pem.key(key), Pem.chain(certificate));
        if (pair.chain.length == 0 || !pair.belongTogether()) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        return pair;
    }

    /** Whether what the key signs, the certificate says is signed; keys of rare kinds are believed. */
    private boolean belongTogether() throws GeneralSecurityException {
        PublicKey certified = chain[0].getPublicKey();
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> null;
        };
        if (algorithm == null) return true;
        Signature signature = Signature.getInstance(algorithm);
        // Netty's key may be one of Bouncy Castle's, which the JDK does not take.
        signature.initSign(KeyFactory.getInstance(certified.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        return signature.verify(signed);
    }

    /** Netty's reader of PEM files, which it shows to its contexts alone. */
    private abstract static class Pem extends SslContext {
        static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
            try (InputStream in = SmallFile.stream(file)) {
                return toPrivateKey(in, null);
            }
        }

        static X509Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
            try (InputStream in = SmallFile.stream(file)) {
                return toX509Certificates(in);
            }
        }
    }
}
