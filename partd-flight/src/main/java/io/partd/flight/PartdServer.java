package io.partd.flight;

import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.marks.Claim;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Serves a store to other processes, on this machine or another, with Arrow Flight: {@link FlightPartd} is a client,
 * and so is every Flight client in any language. What goes over the wire is written down in {@code docs/protocol.md}.
 * Safe for several threads.
 *
 * <p>A store has one server at a time. It remembers in the store which appends it has made, beside the values and not
 * among them, for a day: so none is made twice when its answer is lost, also when the server was killed and started
 * again. A store of a kind of your own remembers that only as long as the server lives.
 */
public final class PartdServer implements AutoCloseable {
    private static final int GRACE_SECONDS = 10;
    private static final int LARGEST_HEADERS = 8 << 10;
    private static final int MOST_RESETS = 500;
    private static final int RESETS_SECONDS = 10;

    private final ServerContext context;
    private final Server server;
    private final Transport transport;
    private final URI uri;
    private boolean closed;

    private PartdServer(ServerContext context, Server server, Transport transport, URI uri) {
        this.context = context;
        this.server = server;
        this.transport = transport;
        this.uri = uri;
    }

    /**
     * Starts a server of the store, which it closes when it is closed.
     *
     * @throws IllegalArgumentException if the options do not go together, or would serve other machines without TLS or
     *     without asking who they are
     * @throws UncheckedIOException if it cannot listen there, cannot read a certificate, or the store has a server
     *     already: the message says which
     */
    public static PartdServer serve(Partd<Bytes> store, ServerOptions options) {
        Objects.requireNonNull(store, "the store is null");
        Address address = options.checkedAddress();
        TransportLog.install();
        Transport transport = Transport.ofServer(address);
        ServerContext context = null;
        Claim claim = null;
        try {
            transport.prepare();
            Marks<Bytes> marks = MarkedStores.of(store);
            claim = marks.claim(ServerName.at(address.uri()));
            context = new ServerContext(store, marks, claim, options);
            Server server =
                    builder(context, options, address, transport).build().start();
            transport.listening();
            URI uri = uri(address, server);
            claim.heldBy(ServerName.at(uri));
            return new PartdServer(context, server, transport, uri);
        } catch (IOException e) {
            UncheckedIOException failure =
                    new UncheckedIOException("cannot listen at " + address.uri() + ": " + reason(e), e);
            abandon(context, claim, transport, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            abandon(context, claim, transport, e);
            throw e;
        }
    }

    private static String reason(IOException e) {
        return e.getCause() == null
                ? e.getMessage()
                : e.getMessage() + ": " + e.getCause().getMessage();
    }

    private static void abandon(ServerContext context, Claim claim, Transport transport, Throwable failure) {
        try {
            transport.close();
            if (context != null) context.abandon();
            if (claim != null) claim.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static NettyServerBuilder builder(
            ServerContext context, ServerOptions options, Address address, Transport transport) throws IOException {
        ServerLimits limits = options.limits();
        MemoryPlan plan = context.plan;
        int most = Math.min(limits.connections(), Math.min(plan.mostConnections, DescriptorLimit.connections()));
        Connections connections = new Connections(most, limits.connectionsPerPeer());
        KnownConnections known = new KnownConnections(connections);
        CallTracer.Connected connected = new CallTracer.Connected();
        context.metrics.show(context.access, connected);
        NettyServerBuilder builder = transport
                .serverBuilder(
                        options.memoryBytes(), plan.window, new Acceptor(connections, plan, limits), context.access)
                // Callbacks never wait: what may is done in the threads of the context.
                .directExecutor()
                .addStreamTracerFactory(new WireWatch.Factory())
                .addStreamTracerFactory(new CallTracer.Factory(context.metrics))
                .addTransportFilter(connected)
                .addTransportFilter(known)
                .decompressorRegistry(DecompressorRegistry.emptyInstance())
                .maxInboundMessageSize(plan.largestMessage)
                .maxInboundMetadataSize(LARGEST_HEADERS)
                .maxConcurrentCallsPerConnection(limits.callsPerConnection())
                .maxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
                .flowControlWindow(plan.window)
                .handshakeTimeout(options.patience().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionIdle(limits.idleAfter().toNanos(), TimeUnit.NANOSECONDS)
                // Who vanishes without a word is found within ten seconds.
                .keepAliveTime(4, TimeUnit.SECONDS)
                .keepAliveTimeout(4, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                // Asked by who has no token, and stays unknown.
                .addService(Health.service(context))
                .addService(
                        ServerInterceptors.intercept(Service.of(context), known, new AuthInterceptor(context.access)));
        if (context.access.tls() != null) builder.sslContext(context.access.tls());
        return builder;
    }

    private static URI uri(Address address, Server server) {
        if (address.kind() == Address.Kind.UNIX) return address.uri();
        InetSocketAddress actual = (InetSocketAddress) server.getListenSockets().get(0);
        return address.withPort(actual.getPort()).uri();
    }

    /** Returns the address that clients connect to, with the port that was taken. */
    public URI uri() {
        return uri;
    }

    /**
     * Returns what the server counts: requests, bytes, refusals, connections, memory that is reserved, the lock. It can
     * be shown by every exporter of Prometheus' client, with what else is registered there.
     */
    public PrometheusRegistry metrics() {
        return context.metrics.registry;
    }

    /**
     * Takes no new calls, waits for those in flight, and closes the store. Who holds the lock loses it; a call that its
     * client does not take is cut after ten seconds. A second call does nothing.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
        }
        server.shutdown();
        context.keeper.close();
        boolean interrupted = false;
        try {
            server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        server.shutdownNow();
        context.close();
        transport.close();
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Override
    public String toString() {
        return "server of " + context.store + " at " + uri;
    }
}
