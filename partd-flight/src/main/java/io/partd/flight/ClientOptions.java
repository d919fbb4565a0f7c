package io.partd.flight;

import io.partd.flight.wire.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link FlightPartd} connects. Immutable; begin with {@link #defaults}. Its text does not have the token.
 *
 * @param trustedCa the certificates of those who sign servers' certificates, a PEM file; null for those that the JDK
 *     trusts
 * @param certificate this client's certificate chain, a PEM file, or null
 * @param key its private key, a PEM file in PKCS#8, or null
 * @param token the bearer token, or null; it is sent to other machines only over TLS
 * @param deadline how long a call is tried again, and waited for while nothing of it moves, connecting included; at
 *     most 5 minutes. Taking the store's lock may wait longer, once the server is there; a change does not, which waits
 *     for somebody else that holds it
 */
public record ClientOptions(Path trustedCa, Path certificate, Path key, String token, Duration deadline) {
    /**
     * Well below the time for which a server remembers an append, so that none is tried again that it has forgotten.
     */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final ClientOptions DEFAULTS = new ClientOptions(null, null, null, null, Duration.ofSeconds(60));

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    public ClientOptions {
        Objects.requireNonNull(deadline, "deadline is null");
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline is " + deadline + ": use at most " + LONGEST);
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate has a key, and a key a certificate: name both files");
        }
        if (token != null) Tokens.check(token);
    }

    /** Returns the options of a client that says nothing else: no certificate, no token, a deadline of a minute. */
    public static ClientOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another {@link #trustedCa}. */
    public ClientOptions withTrustedCa(Path newTrustedCa) {
        return new ClientOptions(newTrustedCa, certificate, key, token, deadline);
    }

    /** Returns these options with a {@link #certificate} chain and its {@link #key}. */
    public ClientOptions withCertificate(Path newCertificate, Path newKey) {
        return new ClientOptions(trustedCa, newCertificate, newKey, token, deadline);
    }

    /** Returns these options with another {@link #token}. */
    public ClientOptions withToken(String newToken) {
        return new ClientOptions(trustedCa, certificate, key, newToken, deadline);
    }

    /** Returns these options with another {@link #deadline}. */
    public ClientOptions withDeadline(Duration newDeadline) {
        return new ClientOptions(trustedCa, certificate, key, token, newDeadline);
    }

    @Override
    public String toString() {
        return "ClientOptions[trustedCa=" + trustedCa + ", certificate=" + certificate + ", "
                + (token == null ? "no token" : "a token") + ", deadline=" + deadline + "]";
    }
}
