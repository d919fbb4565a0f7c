package io.partd.flight.wire;

import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How an address is reached: channels and their threads, over the network or a Unix socket. */
public final class Transport implements AutoCloseable {
    /** What is received is not copied together, so that its pieces should be few. */
    private static final int LARGEST_READ = 128 << 10;

    /** Netty's own would have each HTTP/2 frame cut at 64 KiB: a whole message is handed to the system at once. */
    private static final WriteBufferWaterMark SENT = new WriteBufferWaterMark(WireLimits.SLOT, 2 * WireLimits.SLOT);

    private static final int MOST_THREADS = 4;
    private static final String SOCKET = "s";

    private final Address address;
    private final Means means;
    private final EventLoopGroup threads;
    private final EventLoopGroup accepting;
    /** Where a Unix socket is made, in a directory that nobody else may enter, before it is moved to its place. */
    private Path hidden;

    private boolean listening;

    /** What channels are made of. */
    private enum Means {
        EPOLL(EpollIoHandler::newFactory, EpollServerSocketChannel::new, EpollSocketChannel::new),
        NIO(NioIoHandler::newFactory, NioServerSocketChannel::new, NioSocketChannel::new),
        UNIX(NioIoHandler::newFactory, NioServerDomainSocketChannel::new, NioDomainSocketChannel::new);

        final Supplier<IoHandlerFactory> handlers;
        final Supplier<ServerChannel> servers;
        final Supplier<Channel> clients;

        Means(Supplier<IoHandlerFactory> handlers, Supplier<ServerChannel> servers, Supplier<Channel> clients) {
            this.handlers = handlers;
            this.servers = servers;
            this.clients = clients;
        }

        static Means of(Address address) {
            if (address.kind() == Address.Kind.UNIX) return UNIX;
            return Epoll.isAvailable() ? EPOLL : NIO;
        }
    }

    private Transport(Address address, int threads, boolean server) {
        this.address = address;
        this.means = Means.of(address);
        this.threads = group("partd-flight", threads);
        this.accepting = server ? group("partd-accept", 1) : null;
    }

    private EventLoopGroup group(String name, int size) {
        return new MultiThreadIoEventLoopGroup(size, new DefaultThreadFactory(name, true), means.handlers.get());
    }

    /** For a client, which has one connection. */
    public static Transport ofClient(Address address) {
        return new Transport(address, 1, false);
    }

    public static Transport ofServer(Address address) {
        return new Transport(
                address, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()), true);
    }

    /**
     * @param memoryBytes what the server has for requests
     * @param window how much each connection may send ahead, in bytes: no more is read at once
     * @param watches are told of each connection that is accepted, in this order, before gRPC is
     */
    public NettyServerBuilder serverBuilder(long memoryBytes, int window, ChannelHandler... watches) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        hidden == null ? address.socket() : UnixDomainSocketAddress.of(hidden.resolve(SOCKET)))
                .channelFactory(() -> with(means.servers.get(), watches))
                .withChildOption(ChannelOption.RECVBUF_ALLOCATOR, reads(window))
                .withChildOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SENT)
                .withChildOption(ChannelOption.ALLOCATOR, WireMemory.ofServer(memoryBytes))
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(threads);
        // gRPC asks for it, and Netty complains of that where there is no such thing.
        if (means == Means.UNIX) builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
        return builder;
    }

    public NettyChannelBuilder channelBuilder() {
        return forAddress()
                .withOption(ChannelOption.RECVBUF_ALLOCATOR, reads(LARGEST_READ))
                .withOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SENT)
                .withOption(ChannelOption.ALLOCATOR, WireMemory.OF_CLIENTS)
                .eventLoopGroup(threads);
    }

    private static RecvByteBufAllocator reads(int largest) {
        return new AdaptiveRecvByteBufAllocator(1 << 10, 16 << 10, Math.min(LARGEST_READ, largest));
    }

    private NettyChannelBuilder forAddress() {
        if (means == Means.UNIX) {
            return NettyChannelBuilder.forAddress(address.socket())
                    .channelFactory(this::channel, UnixDomainSocketAddress.class)
                    .withOption(ChannelOption.SO_KEEPALIVE, null)
                    .overrideAuthority("localhost");
        }
        InetSocketAddress socket = (InetSocketAddress) address.socket();
        return NettyChannelBuilder.forAddress(socket.getHostString(), socket.getPort())
                .channelFactory(this::channel, InetSocketAddress.class);
    }

    private Channel channel() {
        return with(means.clients.get(), new LargeFrames());
    }

    private static <C extends Channel> C with(C channel, ChannelHandler... handlers) {
        channel.pipeline().addFirst(handlers);
        return channel;
    }

    /**
     * Removes the socket that a server left behind which was killed.
     *
     * @throws IOException if a server listens there, or the file is not a socket
     */
    public void prepare() throws IOException {
        if (address.kind() != Address.Kind.UNIX) return;
        if (Files.exists(address.path(), LinkOption.NOFOLLOW_LINKS)) removeOld();
        FileAttribute<?> mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        hidden = Files.createTempDirectory(address.path().toAbsolutePath().getParent(), ".p", mine);
    }

    private void removeOld() throws IOException {
        Object mode = Files.getAttribute(address.path(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
        boolean socket = ((Integer) mode & 0xF000) == 0xC000;
        if (!socket) throw new IOException("the file is there and is not a socket");
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(address.path()))) {
            throw new IOException("somebody listens there: " + probe.getRemoteAddress());
        } catch (ConnectException e) {
            Files.delete(address.path());
        }
    }

    /** The socket is there: only this user may connect to it, and nobody else ever could. */
    public void listening() throws IOException {
        if (hidden == null) return;
        Path socket = hidden.resolve(SOCKET);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Files.move(socket, address.path());
        listening = true;
    }

    @Override
    public void close() {
        if (accepting != null)
            accepting.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        if (hidden == null) return;
        try {
            if (listening) Files.deleteIfExists(address.path());
            Files.deleteIfExists(hidden.resolve(SOCKET));
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            throw new UncheckedIOException("removing the socket " + address.path() + ": " + e.getMessage(), e);
        }
    }
}
