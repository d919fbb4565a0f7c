package io.partd.flight.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Allows the other side of a connection to send HTTP/2 frames larger than 16 KiB, which gRPC has no option for: most of
 * what a large message costs, it costs for each frame (RFC 9113, section 6.5.2, SETTINGS_MAX_FRAME_SIZE). Stands at the
 * front of a channel's pipeline until gRPC has begun to speak HTTP/2.
 */
public final class LargeFrames extends ChannelOutboundHandlerAdapter {
    /** Larger ones were not faster, and a frame has to be there as a whole before any of it is looked at. */
    static final int LARGEST = 256 << 10;

    private static final int SMALL = 8 << 10;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        ChannelPipeline pipeline = context.pipeline();
        Http2ConnectionHandler http = pipeline.get(Http2ConnectionHandler.class);
        if (http == null) return;
        pipeline.remove(this);
        // The settings that a connection begins with go first: they are being written now.
        context.executor().execute(() -> allow(http, pipeline.context(http)));
    }

    private static void allow(Http2ConnectionHandler http, ChannelHandlerContext context) {
        if (context == null) return;
        http.setCumulator(LargeFrames::cumulate);
        http.encoder().writeSettings(context, new Http2Settings().maxFrameSize(LARGEST), context.newPromise());
        context.flush();
    }

    /**
     * A frame that comes in large reads stays where it was received. Small ones are copied together, so that a client
     * that sends byte by byte takes no more memory than it has sent.
     */
    private static ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf read) {
        ByteToMessageDecoder.Cumulator cumulator = read.readableBytes() < SMALL
                ? ByteToMessageDecoder.MERGE_CUMULATOR
                : ByteToMessageDecoder.COMPOSITE_CUMULATOR;
        return cumulator.cumulate(allocator, before, read);
    }
}
