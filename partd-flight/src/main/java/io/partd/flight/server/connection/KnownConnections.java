package io.partd.flight.server.connection;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/** Has the frames of each connection watched that begins to speak HTTP/2, and notes those that a call is allowed to. */
public final class KnownConnections extends ServerTransportFilter implements ServerInterceptor {
    private final Connections connections;

    public KnownConnections(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        Connection current = Connection.current();
        // With TLS it may be ready outside of what its channel reads, but then it has an address.
        Connection connection =
                current != null ? current : connections.at(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        FrameWatch.install(connection.channel.pipeline().get(Http2ConnectionHandler.class), connection);
        return attributes;
    }

    /** Stands behind what checks who calls. */
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        WireWatch.current().connection().know();
        return next.startCall(call, headers);
    }
}
