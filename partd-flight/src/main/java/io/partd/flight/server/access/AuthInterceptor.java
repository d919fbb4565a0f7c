package io.partd.flight.server.access;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Headers;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Refuses calls without the right to them before anything of them is read. */
public final class AuthInterceptor implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.key("partd-caller");
    private static final Set<String> APPENDING = Set.of(
            FlightServiceGrpc.getDoPutMethod().getFullMethodName(),
            FlightServiceGrpc.getDoExchangeMethod().getFullMethodName());
    /** The action decides: any right will do to ask. */
    private static final String ACTION = FlightServiceGrpc.getDoActionMethod().getFullMethodName();

    private final Access access;

    /** Who makes a call. */
    private record Caller(Set<Right> rights, SocketAddress peer, Access access) {}

    public AuthInterceptor(Access access) {
        this.access = access;
    }

    /** Requires that the call of this context has the right. */
    public static void require(Right right, String what) {
        Caller caller = CALLER.get();
        if (caller == null || caller.rights.contains(right)) return;
        caller.access.refused(what, caller.peer, lacks(right));
        throw Failures.refusal(Status.Code.PERMISSION_DENIED, lacks(right));
    }

    private static String lacks(Right right) {
        return "the token does not give the right to " + right.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (access.isOpen()) return next.startCall(call, headers);
        Set<Right> rights = rights(headers.get(Headers.AUTHORIZATION));
        if (rights.isEmpty()) return refuse(call, Status.UNAUTHENTICATED, "the call has no valid token");
        String method = call.getMethodDescriptor().getFullMethodName();
        Right needed = APPENDING.contains(method) ? Right.APPEND : Right.READ;
        if (!method.equals(ACTION) && !rights.contains(needed)) {
            return refuse(call, Status.PERMISSION_DENIED, lacks(needed));
        }
        Caller caller = new Caller(rights, peer(call), access);
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
    }

    private Set<Right> rights(String header) {
        boolean bearer = header != null && header.startsWith(Headers.BEARER);
        return bearer ? access.rights(header.substring(Headers.BEARER.length())) : Set.of();
    }

    /** Says so in the log, too: somebody may be trying. */
    private <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status, String reason) {
        access.refused(call.getMethodDescriptor().getBareMethodName(), peer(call), reason);
        return refuse(call, status.withDescription(reason));
    }

    private static SocketAddress peer(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
