package io.partd.flight;

import io.grpc.Metadata;

/** The headers of calls. */
final class Headers {
    /** Says who calls: {@link #BEARER} and a token. */
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    static final String BEARER = "Bearer ";

    /** Names the lease that a call belongs to. */
    static final Metadata.Key<String> LEASE = Metadata.Key.of("partd-lease", Metadata.ASCII_STRING_MARSHALLER);

    private Headers() {}
}
