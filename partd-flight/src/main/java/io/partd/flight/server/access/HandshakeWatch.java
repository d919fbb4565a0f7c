package io.partd.flight.server.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;

/**
 * Notes connections that get nowhere because their TLS handshake fails: whose certificate nobody here trusts, who does
 * not trust the server's, or who speaks no TLS. Stands at the front of a channel's pipeline until something has come.
 */
public final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private final Access access;

    private HandshakeWatch(Access access) {
        this.access = access;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.handshakeFuture().addListener(handshake -> {
                if (!handshake.isSuccess()) access.handshakeFailed(context.channel(), reason(handshake.cause()));
            });
        }
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }

    /** Netty repeats what is no TLS, and there may be a token in it. */
    private static String reason(Throwable failure) {
        return failure instanceof NotSslRecordException ? "it speaks no TLS" : failure.getMessage();
    }

    /** The same for each connection that a server accepts. */
    public static final class OfAccepted extends ChannelInboundHandlerAdapter {
        private final Access access;

        public OfAccepted(Access access) {
            this.access = access;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addFirst(new HandshakeWatch(access));
            context.fireChannelRead(accepted);
        }
    }
}
