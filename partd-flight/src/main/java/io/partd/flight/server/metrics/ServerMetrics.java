package io.partd.flight.server.metrics;

import io.grpc.Status;
import io.partd.flight.server.memory.MemoryPlan;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What a server counts, under the names that Prometheus knows it by. */
public final class ServerMetrics {
    private static final double[] SECONDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};
    private static final String METHOD = "method";

    public final PrometheusRegistry registry = new PrometheusRegistry();

    private final Counter requests = Counter.builder()
            .name("partd_requests_total")
            .help("Calls that have ended, by Flight's method and gRPC's status.")
            .labelNames(METHOD, "status")
            .register(registry);

    private final Counter refusals = Counter.builder()
            .name("partd_refusals_total")
            .help("Calls that were refused for what they were or when they came, by gRPC's status.")
            .labelNames("reason")
            .register(registry);

    private final Counter received = Counter.builder()
            .name("partd_received_bytes_total")
            .help("Bytes of messages from clients, by Flight's method.")
            .labelNames(METHOD)
            .register(registry);

    private final Counter sent = Counter.builder()
            .name("partd_sent_bytes_total")
            .help("Bytes of messages to clients, by Flight's method.")
            .labelNames(METHOD)
            .register(registry);

    private final Histogram seconds = Histogram.builder()
            .name("partd_request_seconds")
            .help("From the beginning of a call to its end, its client's time included, by Flight's method.")
            .labelNames(METHOD)
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);

    /** A call has ended. */
    void ended(String method, Status.Code status, double took, long bytesReceived, long bytesSent) {
        requests.labelValues(method, status.name()).inc();
        received.labelValues(method).inc(bytesReceived);
        sent.labelValues(method).inc(bytesSent);
        seconds.labelValues(method).observe(took);
        switch (status) {
            case UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, UNAVAILABLE ->
                refusals.labelValues(status.name().toLowerCase(Locale.ROOT)).inc();
            default -> {}
        }
    }

    /** Shows a number as it is when somebody looks. */
    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    /** Shows a number that only grows. */
    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    /** Shows who is connected. */
    public void show(CallTracer.Connected connections, LongSupplier failedHandshakes) {
        gauge("partd_connections", "Connections that are open.", connections.open::get);
        counter("partd_accepted_connections_total", "Connections that ever were open.", connections.all::get);
        counter("partd_failed_handshakes_total", "Connections that never were, for TLS.", failedHandshakes);
    }

    /** Shows what a server has reserved, whether its lock is held and who waits for it, and whom it remembers. */
    public void show(MemoryPlan plan, BooleanSupplier held, IntSupplier waiting, IntSupplier clients) {
        GaugeWithCallback.builder()
                .name("partd_budget_bytes")
                .help("Bytes that calls have reserved, by what for.")
                .labelNames("budget")
                .callback(callback -> plan.budgets().forEach((name, budget) -> callback.call(budget.used(), name)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("partd_budget_limit_bytes")
                .help("Bytes that calls may reserve at once, by what for.")
                .labelNames("budget")
                .callback(callback -> plan.budgets().forEach((name, budget) -> callback.call(budget.capacity, name)))
                .register(registry);
        gauge("partd_connections_limit", "Connections that there is memory for.", () -> plan.mostConnections);
        gauge("partd_lock_held", "1 while a client holds the store's lock.", () -> held.getAsBoolean() ? 1 : 0);
        gauge("partd_lock_waiting", "Clients that wait for the store's lock.", waiting::getAsInt);
        gauge("partd_clients_remembered", "Clients whose appends are remembered.", clients::getAsInt);
    }
}
