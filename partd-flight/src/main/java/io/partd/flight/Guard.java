package io.partd.flight;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.partd.flight.ServerOptions.Right;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Refuses calls without the right to them before anything of them is read. */
final class Guard implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    static final String BEARER = "Bearer ";

    private static final Context.Key<Set<Right>> RIGHTS = Context.key("partd-rights");
    private static final Set<String> APPENDING = Set.of(
            FlightServiceGrpc.getDoPutMethod().getFullMethodName(),
            FlightServiceGrpc.getDoExchangeMethod().getFullMethodName());
    /** The action decides: either right will do to ask. */
    private static final String ACTION = FlightServiceGrpc.getDoActionMethod().getFullMethodName();

    private record Known(byte[] digest, Set<Right> rights) {}

    private final List<Known> known = new ArrayList<>();

    Guard(Map<String, Set<Right>> tokens) {
        tokens.forEach((token, rights) -> known.add(new Known(digest(token), rights)));
    }

    /** Of one length, so that comparing says nothing of the token. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Requires that the call of this context has the right. */
    static void require(Right right) {
        Set<Right> rights = RIGHTS.get();
        if (rights != null && !rights.contains(right))
            throw Failures.refusal(Status.Code.PERMISSION_DENIED, lacks(right));
    }

    private static String lacks(Right right) {
        return "the token does not give the right to " + right.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (known.isEmpty()) return next.startCall(call, headers);
        Set<Right> rights = rights(headers.get(AUTHORIZATION));
        if (rights.isEmpty())
            return refuse(call, Status.UNAUTHENTICATED.withDescription("the call has no valid token"));
        String method = call.getMethodDescriptor().getFullMethodName();
        Right needed = APPENDING.contains(method) ? Right.APPEND : Right.READ;
        if (!method.equals(ACTION) && !rights.contains(needed)) {
            return refuse(call, Status.PERMISSION_DENIED.withDescription(lacks(needed)));
        }
        return Contexts.interceptCall(Context.current().withValue(RIGHTS, rights), call, headers, next);
    }

    private Set<Right> rights(String header) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (header == null || !header.startsWith(BEARER)) return rights;
        byte[] digest = digest(header.substring(BEARER.length()));
        for (Known each : known) if (MessageDigest.isEqual(each.digest, digest)) rights.addAll(each.rights);
        return rights;
    }

    static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
