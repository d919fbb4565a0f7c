package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.flight.server.RunningServer;
import io.partd.flight.wire.Address;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.util.Objects;

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
    private final RunningServer server;
    private boolean closed;

    private PartdServer(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts a server of the store, which it closes when it is closed.
     *
     * @throws IllegalArgumentException if the options do not go together, or would serve other machines without TLS or
     *     without asking who they are
     * @throws java.io.UncheckedIOException if it cannot listen there, cannot read a certificate, or the store has a
     *     server already: the message says which
     */
    public static PartdServer serve(Partd<Bytes> store, ServerOptions options) {
        Objects.requireNonNull(store, "the store is null");
        Address address = options.checkedAddress();
        return new PartdServer(RunningServer.start(store, address, options));
    }

    /** Returns the address that clients connect to, with the port that was taken. */
    public URI uri() {
        return server.uri();
    }

    /**
     * Returns what the server counts: requests, bytes, refusals, connections, memory that is reserved, the lock. It can
     * be shown by every exporter of Prometheus' client, with what else is registered there.
     */
    public PrometheusRegistry metrics() {
        return server.metrics();
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
        server.close();
    }

    @Override
    public String toString() {
        return "server of " + server.store() + " at " + server.uri();
    }
}
