package io.partd.flight.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/** Sees the HTTP/2 frames of a connection to a server before gRPC does, and tells the calls that they belong to. */
final class FrameWatch extends Http2FrameListenerDecorator {
    private final Http2Connection http;
    private final Http2Connection.PropertyKey key;
    private final Connection connection;

    private FrameWatch(Http2ConnectionHandler handler, Connection connection) {
        super(handler.decoder().frameListener());
        this.http = handler.connection();
        this.key = http.newKey();
        this.connection = connection;
    }

    static void install(Http2ConnectionHandler handler, Connection connection) {
        handler.decoder().frameListener(new FrameWatch(handler, connection));
    }

    /** A call's headers come once: gRPC takes others for those of another call of the same stream. */
    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = http.stream(streamId);
        if (stream.getProperty(key) != null) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "a call has a second set of headers");
        }
        connection.enter();
        try {
            super.onHeadersRead(context, streamId, headers, dependency, weight, exclusive, padding, endOfStream);
        } finally {
            Connection.leave();
        }
        WireWatch begun = connection.begun();
        if (begun != null) stream.setProperty(key, begun);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = http.stream(streamId);
        WireWatch call = stream == null ? null : stream.getProperty(key);
        if (call != null) call.arrive(data);
        return super.onDataRead(context, streamId, data, padding, endOfStream);
    }
}
