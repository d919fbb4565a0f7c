package io.partd.flight.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server in a JVM of its own, which can be killed and paused. */
public final class ServerProcess implements AutoCloseable {
    /** Lower ones than a system hands out to who asks for any: nobody takes one while its server is away. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;
    /** JVMs that test at the same time have numbers close to each other, and ports that are not. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % PORTS));

    private final Process process;
    public final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** A port that is free now, for servers that are started one after the other at the same address. */
    public static int freePort() {
        for (int tried = 0; tried < 1000; tried++) {
            int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody else's: the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("no port is free");
    }

    /** Starts a server of a file store, and returns when it listens. */
    public static ServerProcess start(Path store, int port, String... flags) {
        return start(ServerMain.class, List.of(flags), store.toString(), "" + port);
    }

    public static ServerProcess start(Class<?> main, List<String> flags, String... arguments) {
        return start(List.of(), main, flags, arguments);
    }

    /** With at most so many files open. */
    public static ServerProcess startWithFiles(int files, Class<?> main, List<String> flags, String... arguments) {
        return start(List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh"), main, flags, arguments);
    }

    private static ServerProcess start(List<String> before, Class<?> main, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String line = lines.readLine();
            if (line == null) throw new AssertionError("the process ended: " + command);
            return new ServerProcess(process, URI.create(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal, such as STOP. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How much memory it has taken that it has not given back, in bytes. */
    public long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
        throw new AssertionError("it has no memory");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it, as the system does that shuts down; says whether it ended in time. */
    public boolean end(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Sends a line. */
    public void say() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** What the process prints, line by line after the first. */
    public BufferedReader lines() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it, as {@code kill -9} does, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("it does not die");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
