package io.partd.hadoop.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 server in this JVM, for all test classes, and before it a filter through which its clients come: that fails as
 * a test wants it, and counts.
 */
public enum S3 implements FileSystemUnderTest {
    INSTANCE;

    /** What becomes of a request. */
    public enum Fate {
        DONE,
        /** It is answered that the server is busy. */
        REFUSED,
        /** It is done, and answered that something went wrong. */
        ANSWER_LOST
    }

    /** Decides what becomes of a request. */
    public interface Faults {
        /** All goes well. */
        Faults NONE = (method, path) -> Fate.DONE;

        Fate of(String method, String path);

        /** The same of all of the request's address. */
        default Fate of(String method, URI uri) {
            return of(method, uri.getPath());
        }
    }

    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "date");

    public volatile Faults faults = Faults.NONE;
    public final AtomicLong requests = new AtomicLong();
    public final AtomicLong lists = new AtomicLong();
    public final AtomicLong bytesRead = new AtomicLong();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private URI server;
    private HttpServer filter;

    private synchronized int port() {
        if (filter != null) return filter.getAddress().getPort();
        try {
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(BlobStores.create("transient", new Properties()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.NONE, "", "")
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
            server = URI.create("http://127.0.0.1:" + proxy.getPort());
            // else each answer waits until the client acknowledges its head, which it puts off for 40 ms
            System.setProperty("sun.net.httpserver.nodelay", "true");
            filter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            filter.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "s3 filter");
                thread.setDaemon(true);
                return thread;
            }));
            filter.createContext("/", this::pass);
            filter.start();
            send("PUT", URI.create("/partd"), new byte[0]);
            return filter.getAddress().getPort();
        } catch (Exception e) {
            throw new IllegalStateException("no S3 server", e);
        }
    }

    private HttpResponse<byte[]> send(String method, URI path, byte[] body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            URI uri = exchange.getRequestURI();
            requests.incrementAndGet();
            if (isList(uri.getRawQuery())) lists.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fate fate = faults.of(method, uri);
            if (fate == Fate.REFUSED) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> response = forward(exchange, method, uri, body);
            if (fate == Fate.ANSWER_LOST) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            answer(exchange, method, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** S3A asks for two at most where it only wants to know whether there is something. */
    private static boolean isList(String query) {
        return query != null && query.contains("list-type") && !query.contains("max-keys=2&");
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, String method, URI uri, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        server + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) return;
            values.forEach(value -> request.header(name, value));
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void answer(HttpExchange exchange, String method, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                exchange.getResponseHeaders().put(name, values);
        });
        byte[] content = response.body();
        if (method.equals("GET")) bytesRead.addAndGet(content.length);
        if (method.equals("HEAD")) {
            response.headers()
                    .firstValue("content-length")
                    .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
        }
        exchange.sendResponseHeaders(response.statusCode(), content.length == 0 ? -1 : content.length);
        if (content.length > 0) exchange.getResponseBody().write(content);
    }

    @Override
    public Configuration conf() {
        Configuration conf = new Configuration();
        conf.set("fs.s3a.endpoint", "http://127.0.0.1:" + port());
        conf.set("fs.s3a.endpoint.region", "us-east-1");
        conf.set("fs.s3a.access.key", "none");
        conf.set("fs.s3a.secret.key", "none");
        conf.set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        conf.setBoolean("fs.s3a.path.style.access", true);
        conf.setBoolean("fs.s3a.connection.ssl.enabled", false);
        conf.set("fs.s3a.fast.upload.buffer", "bytebuffer");
        conf.set("fs.s3a.multipart.size", "5M");
        conf.set("fs.s3a.input.stream.type", "classic");
        conf.setInt("fs.s3a.attempts.maximum", 2);
        conf.set("fs.s3a.retry.interval", "10ms");
        conf.setInt("fs.s3a.retry.limit", 2);
        conf.set("fs.s3a.retry.throttle.interval", "10ms");
        conf.setInt("fs.s3a.retry.throttle.limit", 2);
        return conf;
    }

    @Override
    public URI fresh() {
        port();
        return URI.create("s3a://partd/stores/" + UUID.randomUUID());
    }
}
