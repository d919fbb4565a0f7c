package io.partd.flight.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** What others read of the server that has a store. */
final class ServerName {
    /** Where Linux says it without asking the network. */
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private ServerName() {}

    /** This process, serving there. */
    static String at(URI uri) {
        return "process " + ProcessHandle.current().pid() + " on " + host() + " at " + uri;
    }

    private static String host() {
        try {
            if (Files.isReadable(HOST)) return Files.readString(HOST).strip();
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "a host without a name";
        }
    }
}
