package io.partd.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.partd.FilePartd;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.flight.PartdServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Shows what a server counts, and how large its store is, to Prometheus: over HTTP, at {@code /metrics}, as text. */
final class MetricsPage implements AutoCloseable {
    private static final int MOST_PORT = 65_535;
    private static final int THREADS = 2;

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final PrometheusRegistry registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "partd-metrics");
        thread.setDaemon(true);
        return thread;
    });

    private MetricsPage(HttpServer server, PrometheusRegistry registry) {
        this.server = server;
        this.registry = registry;
        server.setExecutor(threads);
        server.createContext("/metrics", this::show);
        server.start();
    }

    /**
     * Reads {@code HOST:PORT} or {@code PORT}, which is that of this machine alone.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = text.substring(colon + 1);
        boolean sound = !host.isEmpty() && port.matches("\\d{1,5}") && Integer.parseInt(port) <= MOST_PORT;
        if (!sound) throw new IllegalArgumentException("'" + text + "': use PORT or HOST:PORT");
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    static MetricsPage open(InetSocketAddress address, PartdServer server, FilePartd store) {
        if (address.isUnresolved()) throw new Failure("--metrics: there is no host " + address.getHostString());
        PrometheusRegistry registry = server.metrics();
        registry.register(new StoreMetrics(store));
        try {
            return new MetricsPage(HttpServer.create(address, 0), registry);
        } catch (IOException e) {
            throw new Failure("cannot show metrics at " + address + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            writer.write(page, registry.scrape());
            exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
            exchange.sendResponseHeaders(200, page.size());
            page.writeTo(exchange.getResponseBody());
        } catch (RuntimeException e) {
            // The server of the JDK drops the connection and says nothing.
            Errors.print("partd serve: metrics", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
