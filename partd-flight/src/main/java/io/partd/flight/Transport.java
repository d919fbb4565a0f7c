package io.partd.flight;

import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** How an address is reached: what differs between the network and a Unix socket. */
final class Transport implements AutoCloseable {
    private final Address address;
    /** Only Unix sockets need threads of their own: for the network gRPC has some, with epoll where it can be had. */
    private final EventLoopGroup threads;

    private boolean listening;

    private Transport(Address address) {
        this.address = address;
        this.threads = address.kind() == Address.Kind.UNIX
                ? new MultiThreadIoEventLoopGroup(
                        Math.min(4, Runtime.getRuntime().availableProcessors()),
                        new DefaultThreadFactory("partd-unix", true),
                        NioIoHandler.newFactory())
                : null;
    }

    static Transport of(Address address) {
        return new Transport(address);
    }

    NettyServerBuilder serverBuilder() {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address.socket());
        if (threads == null) return builder;
        return builder.channelType(NioServerDomainSocketChannel.class)
                .bossEventLoopGroup(threads)
                .workerEventLoopGroup(threads);
    }

    NettyChannelBuilder channelBuilder() {
        if (threads == null) {
            InetSocketAddress socket = (InetSocketAddress) address.socket();
            return NettyChannelBuilder.forAddress(socket.getHostString(), socket.getPort());
        }
        return NettyChannelBuilder.forAddress(address.socket())
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(threads)
                .overrideAuthority("localhost");
    }

    /**
     * Removes the socket that a server left behind which was killed.
     *
     * @throws IOException if a server listens there, or the file is not a socket
     */
    void prepare() throws IOException {
        if (address.kind() != Address.Kind.UNIX || !Files.exists(address.path(), LinkOption.NOFOLLOW_LINKS)) return;
        Object mode = Files.getAttribute(address.path(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
        boolean socket = ((Integer) mode & 0xF000) == 0xC000;
        if (!socket) throw new IOException("the file is there and is not a socket");
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(address.path()))) {
            throw new IOException("somebody listens there: " + probe.getRemoteAddress());
        } catch (ConnectException e) {
            Files.delete(address.path());
        }
    }

    /** The socket is there: only this user may connect to it. */
    void listening() throws IOException {
        if (address.kind() != Address.Kind.UNIX) return;
        listening = true;
        Files.setPosixFilePermissions(address.path(), PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() {
        if (threads != null) threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        if (!listening) return;
        try {
            Files.deleteIfExists(address.path());
        } catch (IOException e) {
            throw new UncheckedIOException("removing the socket " + address.path() + ": " + e.getMessage(), e);
        }
    }
}
