package io.partd.flight.testing;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.ClientOptions;
import io.partd.flight.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;

/** Servers and clients over the ways to reach one, for tests. */
public final class Served {
    static final String TOKEN = "all-rights-token";

    /** What is served. */
    public enum Store {
        DICT(path -> dict()),
        FILE(Partds::file),
        BUFFER(path -> buffer(dict(), Partds.file(path), 1000));

        public final Function<Path, Partd<Bytes>> opener;

        Store(Function<Path, Partd<Bytes>> opener) {
            this.opener = opener;
        }
    }

    /** How it is reached. */
    public enum Way {
        TCP,
        TLS,
        UNIX;

        public ServerOptions server() {
            return switch (this) {
                case TCP -> ServerOptions.at("grpc+tcp://127.0.0.1:0");
                case TLS ->
                    ServerOptions.at("grpc+tls://localhost:0")
                            .withCertificate(
                                    certificates().certificate("server"),
                                    certificates().key("server"))
                            .withToken(TOKEN, ServerOptions.Right.values());
                case UNIX -> ServerOptions.at("grpc+unix://" + directory().resolve("socket-" + System.nanoTime()));
            };
        }

        public ClientOptions client() {
            if (this != TLS) return ClientOptions.defaults();
            return ClientOptions.defaults()
                    .withTrustedCa(certificates().certificate("ca"))
                    .withToken(TOKEN);
        }
    }

    private static Certificates certificates;

    private Served() {}

    /** Made once: keys take a while. */
    public static synchronized Certificates certificates() {
        if (certificates == null) certificates = Certificates.in(directory());
        return certificates;
    }

    /** A directory with a short name, as sockets need it. */
    public static Path directory() {
        try {
            Path directory = Files.createTempDirectory("partd");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
