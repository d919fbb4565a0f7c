package io.partd.cli.store;

import io.partd.cli.common.Failure;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for a store that is at a server. */
public final class Connection {
    /** How stores are described in the help. */
    public static final String STORE =
            "The store's directory, or a server's address: grpc+tcp://HOST:PORT, grpc+tls://HOST:PORT"
                    + " or grpc+unix:///PATH.";

    @Spec(Target.MIXEE)
    CommandSpec spec;

    @Option(names = "--token", paramLabel = "FILE", description = "Of a server: the file with the token to show to it.")
    Path token;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Of a server: the certificates of those who sign its own, in PEM (default: those of the JDK).")
    Path ca;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "Of a server that asks for one: this client's certificate chain, in PEM.")
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, in PEM (PKCS#8).")
    Path key;

    /** Whether this is an address and no directory. */
    public static boolean isAddress(String store) {
        return store.matches("grpc\\+[a-z]+:.*");
    }

    /** The store at an address. */
    public FlightPartd connect(String address) throws IOException {
        try {
            ClientOptions options = ClientOptions.defaults();
            if (token != null) options = options.withToken(token(token));
            if (ca != null) options = options.withTrustedCa(ca);
            if (certificate != null || key != null) options = options.withCertificate(certificate, key);
            return FlightPartd.connect(URI.create(address), options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** The directory, where no option is given that would be of no use. */
    public Path requireDirectory(String store) {
        if (token != null || ca != null || certificate != null || key != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--token, --ca, --certificate and --key are for servers, and " + store + " is no address of one");
        }
        return Path.of(store);
    }

    /** The one token in a file; what it gives the right to may stand beside it, as servers read it. */
    private static String token(Path file) throws IOException {
        List<String> lines = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.size() == 1) return lines.get(0).split("\\s+", 2)[0];
        throw new Failure(file + " holds " + (lines.isEmpty() ? "no token" : lines.size() + " tokens: one is needed"));
    }
}
