package io.partd.benchmarks.wire;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;

/** A server in a process of its own: {@code <kind> <directory>}. It prints its address, and runs until it is killed. */
final class WireServer {
    private WireServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args[0].equals("tcp")) {
            TcpServer.run();
            return;
        }
        Partd<Bytes> store = args[0].contains("dict") ? Partds.dict() : Partds.file(Path.of(args[1]));
        String address = args[0].endsWith("unix") ? "grpc+unix://" + args[1] + ".socket" : "grpc+tcp://127.0.0.1:0";
        PartdServer server = PartdServer.serve(store, ServerOptions.at(address));
        System.out.println(server.uri());
        Thread.currentThread().join();
    }
}
