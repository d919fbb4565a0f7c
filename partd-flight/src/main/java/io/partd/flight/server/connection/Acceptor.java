package io.partd.flight.server.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.partd.flight.wire.LargeFrames;
import java.util.concurrent.TimeUnit;

/**
 * The door of a server, in the thread that accepts and does nothing else: lets in what there is room for, and closes at
 * once what there is none for. When connections cannot be accepted, for want of file descriptors, it waits a moment.
 */
public final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final long PAUSE_MILLIS = 100;
    private static final long BETWEEN_WARNINGS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Connections connections;
    private final WireBudget wire;
    private final int window;
    private final long firstCallNanos;
    private long warned = System.nanoTime() - BETWEEN_WARNINGS_NANOS;

    /**
     * @param wire what all connections may send before it is asked for, and {@code window} what each always may
     * @param firstCallNanos how long a connection may take to its first call that is allowed to it
     */
    public Acceptor(Connections connections, WireBudget wire, int window, long firstCallNanos) {
        this.connections = connections;
        this.wire = wire;
        this.window = window;
        this.firstCallNanos = firstCallNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        Connection connection = new Connection(channel, wire, window);
        if (!connections.admit(connection)) {
            // It has no thread yet that could close it.
            channel.unsafe().closeForcibly();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.end(connection));
        channel.pipeline().addFirst(new Watched(connection), new LargeFrames());
        context.fireChannelRead(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        warn(cause);
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Without file descriptors a line in the log may not be had either, and this thread has to go on all the same. */
    private void warn(Throwable cause) {
        long now = System.nanoTime();
        if (now - warned < BETWEEN_WARNINGS_NANOS) return;
        warned = now;
        try {
            ServerLog.LOG.log(
                    System.Logger.Level.WARNING, "connections cannot be accepted just now: " + cause.getMessage());
        } catch (RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    /** What a connection reads is read as its own; it is closed when no call was allowed to it for too long. */
    private final class Watched extends ChannelInboundHandlerAdapter {
        private final Connection connection;
        private ScheduledFuture<?> end;

        private Watched(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            end = context.executor().schedule(() -> closeStranger(context), firstCallNanos, TimeUnit.NANOSECONDS);
        }

        private void closeStranger(ChannelHandlerContext context) {
            if (!connection.isKnown()) context.close();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            connection.enter();
            try {
                context.fireChannelRead(message);
            } finally {
                Connection.leave();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end.cancel(false);
            context.fireChannelInactive();
        }
    }
}
