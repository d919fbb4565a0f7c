package io.partd.cli;

import io.partd.cli.testing.Script;
import io.partd.cli.testing.SelfSigned;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The command as a client of the command: what it shows of a server's store is what it shows of the directory. */
@Tag("slow")
@Timeout(300)
class RemoteIT {
    @TempDir
    static Path directory;

    private static Path store;
    /** What ls shows of the directory before a server has written anything of its own to it. */
    private static String listed;

    private static Path all;
    private static Path read;
    private static Process server;
    private static String address;

    @BeforeAll
    static void serve() throws Exception {
        store = directory.resolve("flights");
        Script.shuffleSample(store);
        listed = Script.run("ls", store, "--json").succeeded().out();
        all = Files.writeString(directory.resolve("all"), "# of the tests\nall-rights read,append,remove\n");
        read = Files.writeString(directory.resolve("read"), "reads-only\n");
        server = Script.start("serve", store, "--listen", "grpc+tcp://127.0.0.1:0", "--tokens", read, "--tokens", all);
        address = address(server);
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (server != null) stop(server);
    }

    private static String address(Process serving) throws Exception {
        BufferedReader lines = serving.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        assertTrue(line != null && line.startsWith("serving "), line);
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static void stop(Process serving) throws InterruptedException {
        serving.destroy();
        assertTrue(serving.waitFor(60, TimeUnit.SECONDS), "it does not end");
    }

    @Test
    void whatIsShownIsTheSame() throws Exception {
        String there =
                Script.run("ls", address, "--json", "--token", read).succeeded().out();
        assertEquals(listed.replaceAll("\"chunks\": \\d+", "\"chunks\": null"), there);
        for (String command : new String[] {"head", "schema"}) {
            assertEquals(
                    Script.run(command, store, "ATL").succeeded().out(),
                    Script.run(command, address, "ATL", "--token", read)
                            .succeeded()
                            .out());
        }
        String stat = Script.run("stat", address, "--token", read).succeeded().out();
        assertTrue(stat.startsWith("keys                   228\nrows               200,000\n"), stat);
        assertTrue(stat.endsWith("largest 11,277 (ORD)\n"), stat);
    }

    @Test
    void whatIsReadIsTheSame() throws Exception {
        assertArrayEquals(
                Script.run("cat", store, "ATL").succeeded().bytes(),
                Script.run("cat", address, "ATL", "--token", read).succeeded().bytes());
        assertArrayEquals(
                Script.run("export", store, "ATL", "ABE", "--format", "csv")
                        .succeeded()
                        .bytes(),
                Script.run("export", address, "ATL", "ABE", "--format", "csv", "--token", read)
                        .succeeded()
                        .bytes());
        Script.run("head", address, "ALT", "--token", read).failed(1, address + " has no key \"ALT\"", "\"ATL\"");
    }

    @Test
    void aShuffleToAServerThatIsDroppedAgain() throws Exception {
        Path socket = directory.resolve("s");
        Process empty = Script.start("serve", directory.resolve("empty"), "--listen", "grpc+unix://" + socket);
        try {
            String there = address(empty);
            Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", there, "--compress", "lz4")
                    .succeeded();
            String exported = Script.run("export", there, "ORD", "--format", "csv")
                    .succeeded()
                    .out();
            assertEquals(
                    Script.run("export", store, "ORD", "--format", "csv")
                            .succeeded()
                            .out(),
                    exported);
            Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", there)
                    .failed(1, "is a store with 228 keys", "--append");
            Script.run("drop", there, "--yes").succeeded();
            assertEquals(
                    "key  rows  bytes  chunks\n",
                    Script.run("ls", there).succeeded().out());
        } finally {
            stop(empty);
        }
    }

    @Test
    void overTls() throws Exception {
        SelfSigned signed = SelfSigned.in(directory);
        Process secure = Script.start(
                "serve",
                directory.resolve("secure"),
                "--listen",
                "grpc+tls://localhost:0",
                "--certificate",
                signed.certificate(),
                "--key",
                signed.key());
        try {
            String there = address(secure);
            Script.run("ls", there, "--ca", signed.certificate()).succeeded();
            Script.run("ls", there).failed(1, "no server can be reached at " + there, "certif");
        } finally {
            stop(secure);
        }
    }

    @Test
    void refusedInOneLine() throws Exception {
        Script.run("ls", address).failed(1, "the server at " + address + " does not know who asks", "--token");
        Path wrong = Files.writeString(directory.resolve("wrong"), "wr0ng");
        String line = Script.run("ls", address, "--token", wrong).failed(1, "does not know who asks");
        assertTrue(!line.contains("wr0ng"), line);
        Script.run("drop", address, "--yes", "--token", read).failed(1, "does not give the right to remove");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", address, "--token", read, "--append")
                .failed(1, "does not give the right to append");
        Script.run("ls", "grpc+tcp://127.0.0.1:1").failed(1, "no server can be reached at grpc+tcp://127.0.0.1:1");
    }

    @Test
    void whatMakesNoSense() throws Exception {
        for (String command : new String[] {"compact", "verify"}) {
            Script.run(command, address).failed(2, command + " works on a store's files", "the server's machine");
        }
        Script.run("serve", address, "--listen", "grpc+tcp://127.0.0.1:0").failed(2, "serve takes the directory");
        Script.run("ls", store, "--token", read).failed(2, "--token", "is no address");
        Script.run("ls", "grpc+tcp://nowhere").failed(2, "grpc+tcp://host:port");
        Files.writeString(directory.resolve("two"), "one read\nanother read\n");
        Script.run("ls", address, "--token", directory.resolve("two")).failed(1, "holds 2 tokens");
    }
}
