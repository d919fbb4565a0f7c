package io.partd.flight.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/** The rule for bearer tokens. */
public final class Tokens {
    private Tokens() {}

    /**
     * Requires that a token can go into a header.
     *
     * @throws IllegalArgumentException if not; the message does not have the token
     */
    public static void check(String token) {
        Objects.requireNonNull(token, "the token is null");
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the token is empty, or has other than visible ASCII characters");
        }
    }

    /** Of one length, so that comparing says nothing of what was digested. */
    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
