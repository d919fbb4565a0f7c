package io.partd.flight.server;

import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.flight.ServerLimits;
import io.partd.flight.ServerOptions;
import io.partd.flight.server.access.AuthInterceptor;
import io.partd.flight.server.access.HandshakeWatch;
import io.partd.flight.server.connection.Acceptor;
import io.partd.flight.server.connection.Connections;
import io.partd.flight.server.connection.DescriptorLimit;
import io.partd.flight.server.connection.KnownConnections;
import io.partd.flight.server.connection.TransportLog;
import io.partd.flight.server.connection.WireWatch;
import io.partd.flight.server.memory.MemoryPlan;
import io.partd.flight.server.metrics.CallTracer;
import io.partd.flight.wire.Address;
import io.partd.flight.wire.Transport;
import io.partd.marks.Claim;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** A server from when it listens until it has closed its store. */
public final class RunningServer {
    private static final int GRACE_SECONDS = 10;
    private static final int LARGEST_HEADERS = 8 << 10;
    private static final int MOST_RESETS = 500;
    private static final int RESETS_SECONDS = 10;

    private final ServerContext context;
    private final Server server;
    private final Transport transport;
    private final URI uri;

    private RunningServer(ServerContext context, Server server, Transport transport, URI uri) {
        this.context = context;
        this.server = server;
        this.transport = transport;
        this.uri = uri;
    }

    /**
     * Starts a server of the store.
     *
     * @param address the options', which go together
     * @throws UncheckedIOException if it cannot listen there, cannot read a certificate, or the store has a server
     *     already: the message says which
     */
    public static RunningServer start(Partd<Bytes> store, Address address, ServerOptions options) {
        TransportLog.install();
        Transport transport = Transport.ofServer(address);
        ServerContext context = null;
        Claim claim = null;
        try {
            transport.prepare();
            Marks<Bytes> marks = MarkedStores.of(store);
            claim = marks.claim(ServerName.at(address.uri()));
            context = new ServerContext(store, marks, claim, options);
            Server server = builder(context, options, transport).build().start();
            transport.listening();
            URI uri = uri(address, server);
            claim.heldBy(ServerName.at(uri));
            return new RunningServer(context, server, transport, uri);
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

    private static NettyServerBuilder builder(ServerContext context, ServerOptions options, Transport transport)
            throws IOException {
        ServerLimits limits = options.limits();
        MemoryPlan plan = context.plan;
        int most = Math.min(limits.connections(), Math.min(plan.mostConnections, DescriptorLimit.connections()));
        Connections connections = new Connections(most, limits.connectionsPerPeer());
        KnownConnections known = new KnownConnections(connections);
        CallTracer.Connected connected = new CallTracer.Connected();
        context.metrics.show(connected, context.access::failedHandshakes);
        Acceptor acceptor = new Acceptor(
                connections, plan.wire, plan.window, limits.firstCallWithin().toNanos());
        NettyServerBuilder builder = transport
                .serverBuilder(
                        options.memoryBytes(), plan.window, new HandshakeWatch.OfAccepted(context.access), acceptor)
                // Callbacks never wait: what may is done in the threads of the context.
                .directExecutor()
                .addStreamTracerFactory(new WireWatch.Factory())
                .addStreamTracerFactory(new CallTracer.Factory(context.metrics, Health.CHECK))
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

    /** The store that is served. */
    public Partd<Bytes> store() {
        return context.store;
    }

    /** Where clients find it, with the port that was taken. */
    public URI uri() {
        return uri;
    }

    /** What it counts. */
    public PrometheusRegistry metrics() {
        return context.metrics.registry;
    }

    /** Takes no new calls, waits a while for those in flight, and closes the store. */
    public void close() {
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
}
