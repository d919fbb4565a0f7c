package io.partd.cli.command;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.store.Connection;
import io.partd.cli.store.Stores;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.ServerOptions.Right;
import io.partd.text.Sizes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd serve}. */
@CommandLine.Command(
        name = "serve",
        description = "Serve a store to other processes, with Arrow Flight.",
        sortOptions = false,
        footer = {
            "",
            "Every Flight client is a client; docs/protocol.md says how. Tokens are read from files, so that they are"
                    + " not seen in the list of processes: a token in each line, and after a space what it gives the"
                    + " right to, such as read,append,remove. Tokens and certificates are read again when their files"
                    + " change. Other machines are served only over grpc+tls:// and with tokens or a client CA. Ctrl-C"
                    + " ends it when the calls in flight are done.",
            "",
            "Examples:",
            "  partd serve flights --listen grpc+tcp://127.0.0.1:8815",
            "  partd serve flights --listen grpc+unix:///run/partd.socket --buffer 2GB",
            "  partd serve flights --listen grpc+tcp://127.0.0.1:8815 --metrics 9401",
            "  partd serve flights --listen grpc+tls://0.0.0.0:8815 \\",
            "    --certificate server.crt --key server.key --tokens tokens.txt"
        })
final class ServeCommand extends Command {
    @Parameters(index = "0", paramLabel = "DIR", description = "The store's directory; made where there is none.")
    Path directory;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "URI",
            description = "grpc+tcp://HOST:PORT (port 0: any), grpc+tls://HOST:PORT or grpc+unix:///PATH.")
    String listen;

    @Option(
            names = "--buffer",
            paramLabel = "SIZE",
            description =
                    "Keep up to this much in memory; it reaches the disk at a flush, when there is more, and at the end.")
    String buffer;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "512MiB",
            description = "For requests in flight (default: ${DEFAULT-VALUE}).")
    String memory;

    @Option(names = "--largest", paramLabel = "SIZE", description = "The largest append (default: 16GiB).")
    String largest;

    @Option(
            names = "--spill",
            paramLabel = "DIR",
            description = "Where appends that are large for the memory wait in files (default: for temporary files).")
    Path spill;

    @Option(
            names = "--spill-bytes",
            paramLabel = "SIZE",
            defaultValue = "64GiB",
            description = "How large such files are together (default: ${DEFAULT-VALUE}).")
    String spillBytes;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "At most so many (default: as many as there are memory and file descriptors for).")
    Integer connections;

    @Option(
            names = "--connections-per-peer",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most so many from one address (default: half of all, and all from this machine).")
    int connectionsPerPeer;

    @Option(names = "--certificate", paramLabel = "FILE", description = "The certificate chain for TLS, in PEM.")
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, in PEM (PKCS#8).")
    Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Serve only clients with a certificate that one of these has signed.")
    Path clientCa;

    @Option(
            names = {"--tokens", "--read-token"},
            paramLabel = "FILE",
            description = "Who has a token in this file may read, or what its line says. Several may be named.")
    Path[] tokens = {};

    @Option(
            names = "--append-token",
            paramLabel = "FILE",
            description = "Who has a token in this file may read, append and remove, or what its line says.")
    Path[] appendTokens = {};

    @Option(
            names = "--metrics",
            paramLabel = "[HOST:]PORT",
            description =
                    "Show figures to Prometheus there, to this machine alone where no HOST is named (port 0: any).")
    String metrics;

    @Override
    void run() throws Exception {
        if (Connection.isAddress(directory.toString())) throw wrongUse("serve takes the directory of a store");
        ServerOptions options = options();
        InetSocketAddress page = metrics == null ? null : page();
        FilePartd file = file();
        PartdServer server = serve(buffered(file), options);
        MetricsPage shown = page == null ? null : show(page, server, file);
        Thread end = new Thread(() -> end(server, shown), "partd-end");
        Runtime.getRuntime().addShutdownHook(end);
        say("serving " + directory + " at " + server.uri());
        if (shown != null) say("metrics at http://" + page.getHostString() + ":" + shown.port() + "/metrics");
        // The hook ends it all.
        Thread.currentThread().join();
    }

    private static PartdServer serve(Partd<Bytes> store, ServerOptions options) {
        try {
            return PartdServer.serve(store, options);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static MetricsPage show(InetSocketAddress address, PartdServer server, FilePartd file) {
        try {
            return MetricsPage.open(address, server, file);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void end(PartdServer server, MetricsPage shown) {
        say("ending: calls in flight are finished");
        try {
            if (shown != null) shown.close();
            server.close();
            say("ended");
        } catch (RuntimeException e) {
            Errors.print("partd serve", e);
        }
    }

    /** A line for each event, at once. */
    private static synchronized void say(String event) {
        System.out.println(event);
        System.out.flush();
    }

    private FilePartd file() throws IOException {
        boolean other = Files.exists(directory) && !Stores.isStore(directory);
        if (other && !(Files.isDirectory(directory) && Stores.isEmpty(directory))) {
            throw new Failure(directory + " holds something else than a store: name another directory");
        }
        return Partds.file(directory);
    }

    private Partd<Bytes> buffered(FilePartd file) {
        return limit() == 0 ? file : Partds.buffer(Partds.dict(), file, limit());
    }

    /** What is kept in memory. */
    private long limit() {
        return buffer == null ? 0 : bytes("--buffer", buffer);
    }

    private InetSocketAddress page() {
        try {
            return MetricsPage.address(metrics);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--metrics " + e.getMessage());
        }
    }

    private ServerOptions options() {
        try {
            ServerOptions options = ServerOptions.at(listen).withMemoryBytes(bytes("--memory", memory));
            if (largest != null) options = options.withLargestRequestBytes(bytes("--largest", largest));
            int most = connections == null ? options.limits().connections() : connections;
            options = options.withConnections(most, connectionsPerPeer)
                    .withSpill(spill, bytes("--spill-bytes", spillBytes));
            if (certificate != null || key != null) options = options.withCertificate(certificate, key);
            if (clientCa != null) options = options.withClientCa(clientCa);
            for (Path file : tokens) options = options.withTokenFile(file, Right.READ);
            for (Path file : appendTokens) options = options.withTokenFile(file, Right.values());
            limit();
            options.check();
            return options;
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }

    private long bytes(String option, String text) {
        try {
            return Sizes.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrongUse(option + ": " + e.getMessage());
        }
    }
}
