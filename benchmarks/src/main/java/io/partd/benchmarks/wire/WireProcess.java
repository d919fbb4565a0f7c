package io.partd.benchmarks.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that is spoken to line by line. */
final class WireProcess implements AutoCloseable {
    /** Netty and Arrow would say in each process that nobody logs for them. */
    private static final String QUIET = "-Dslf4j.internal.verbosity=ERROR";

    /** For Arrow's own Flight client; nothing else needs it. */
    private static final String NIO = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    /** What it said first: of a server, its address. */
    String first;

    WireProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader();
        in = process.outputWriter();
        first = hear();
    }

    static WireProcess java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx3g", QUIET, "-cp", System.getProperty("java.class.path")));
        if (main == WireTables.class) command.add(NIO);
        for (String flag : System.getProperty("wire.flags", "").split(" ", -1)) if (!flag.isEmpty()) command.add(flag);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new WireProcess(command);
    }

    void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    String hear() throws IOException {
        String line = out.readLine();
        if (line == null) throw new IOException("a process has ended");
        return line;
    }

    /** The processor time that it has used, in seconds. */
    double cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() * 1e-3;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
