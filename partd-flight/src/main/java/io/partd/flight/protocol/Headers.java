package io.partd.flight.protocol;

import io.grpc.Metadata;

/** The headers of calls. */
public final class Headers {
    /** Says who calls: {@link #BEARER} and a token. */
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    public static final String BEARER = "Bearer ";

    /** Names the lease that a call belongs to. */
    public static final Metadata.Key<String> LEASE = Metadata.Key.of("partd-lease", Metadata.ASCII_STRING_MARSHALLER);

    private Headers() {}
}
