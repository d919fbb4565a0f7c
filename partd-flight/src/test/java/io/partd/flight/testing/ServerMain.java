package io.partd.flight.testing;

import io.partd.Partds;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import java.nio.file.Path;

/** Serves a file store until it is ended: {@code <directory> <port> [<memory> [<token>]]}. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws InterruptedException {
        ServerOptions options = ServerOptions.at("grpc+tcp://127.0.0.1:" + args[1]);
        if (args.length > 2) options = options.withMemoryBytes(Long.parseLong(args[2]));
        if (args.length > 3) {
            options = options.withToken(args[3], ServerOptions.Right.READ, ServerOptions.Right.APPEND);
        }
        PartdServer server = PartdServer.serve(Partds.file(Path.of(args[0])), options);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(server.uri());
        Thread.currentThread().join();
    }
}
