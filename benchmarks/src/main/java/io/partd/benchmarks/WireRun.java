package io.partd.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Appends and gets over loopback, by one and two client processes, beside what the machine allows and Redis: {@code [-m
 * MIB] [-r ROUNDS] [-d DIRECTORY] [-k KIND,...]}.
 */
final class WireRun {
    private static final String LINE = "%-12s %8s %12s %8s %8s %12s %8s %8s%n";

    /** Rounds that are not counted: gRPC and Netty are much code to compile. */
    private static final int WARM = 5;

    private int mebibytes = 512;
    private int rounds = 5;
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    private List<String> kinds = List.of("tcp", "redis", "file", "dict", "file-unix");

    public static void main(String[] args) throws IOException {
        new WireRun().run(args);
    }

    private void run(String[] args) throws IOException {
        for (int i = 0; i < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "-m" -> mebibytes = Integer.parseInt(value);
                case "-r" -> rounds = Integer.parseInt(value);
                case "-d" -> directory = Path.of(value);
                case "-k" -> kinds = List.of(value.split(","));
                default -> throw new IllegalArgumentException(args[i] + " is no option: use -m, -r, -d or -k");
            }
        }
        System.out.println(Machine.describe(directory));
        System.out.printf(LINE, "server", "clients", "append GB/s", "best", "cpu s/GB", "get GB/s", "best", "cpu s/GB");
        for (String kind : kinds) for (int clients = 1; clients <= 2; clients++) measure(kind, clients);
    }

    private void measure(String kind, int clients) throws IOException {
        Path store = Files.createTempDirectory(directory, "partd-wire");
        try (Child server = server(kind, store)) {
            List<Child> all = new ArrayList<>();
            try {
                long bytes = ((long) mebibytes << 20) / clients;
                for (int i = 0; i < clients; i++) {
                    String flavour = kind.startsWith("tcp") || kind.startsWith("redis") ? kind : "flight";
                    all.add(Child.java(WireClient.class, flavour, server.first, "client" + i, "" + bytes));
                }
                measure(kind, server, all, bytes * clients);
            } finally {
                for (Child each : all) each.close();
            }
        } finally {
            Directories.delete(store);
        }
    }

    private void measure(String kind, Child server, List<Child> clients, long bytes) throws IOException {
        List<Child> all = new ArrayList<>(clients);
        all.add(server);
        double[] append = new double[rounds];
        double[] get = new double[rounds];
        double appendCpu = 0;
        double getCpu = 0;
        for (int round = -WARM; round < rounds; round++) {
            double begun = cpu(all);
            double appended = bytes / time(clients, "append");
            double half = cpu(all);
            double got = bytes / time(clients, "get");
            double ended = cpu(all);
            time(clients, "drop");
            if (round < 0) continue;
            append[round] = appended;
            get[round] = got;
            appendCpu += half - begun;
            getCpu += ended - half;
        }
        Arrays.sort(append);
        Arrays.sort(get);
        double gigabytes = bytes * 1e-9 * rounds;
        System.out.printf(
                LINE,
                kind,
                clients.size(),
                median(append),
                number(append[rounds - 1]),
                number(appendCpu / gigabytes),
                median(get),
                number(get[rounds - 1]),
                number(getCpu / gigabytes));
    }

    /** The processor time that these processes have used, in seconds. */
    private static double cpu(List<Child> processes) {
        double sum = 0;
        for (Child each : processes) {
            sum += each.process
                            .toHandle()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toMillis()
                    * 1e-3;
        }
        return sum;
    }

    private String median(double[] sorted) {
        return number(sorted[rounds / 2]);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The nanoseconds from the word to all of them until the last is done. */
    private static double time(List<Child> clients, String what) throws IOException {
        long start = System.nanoTime();
        for (Child each : clients) each.say(what);
        for (Child each : clients) each.hear();
        return System.nanoTime() - start;
    }

    private static Child server(String kind, Path directory) throws IOException {
        if (!kind.equals("redis")) return Child.java(WireServer.class, kind, directory.toString());
        String port = "6399";
        Child redis = new Child(List.of(
                "redis-server",
                "--port",
                port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--proto-max-bulk-len",
                "2gb",
                "--daemonize",
                "no"));
        while (!redis.first.contains("Ready to accept connections")) redis.first = redis.hear();
        redis.first = "redis://127.0.0.1:" + port;
        return redis;
    }

    /** A process that is spoken to line by line. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;
        private String first;

        private Child(List<String> command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = process.inputReader();
            in = process.outputWriter();
            first = hear();
        }

        private static Child java(Class<?> main, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx3g", "-cp", System.getProperty("java.class.path")));
            for (String flag : System.getProperty("wire.flags", "").split(" ")) if (!flag.isEmpty()) command.add(flag);
            command.add(main.getName());
            command.addAll(List.of(arguments));
            return new Child(command);
        }

        private void say(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
        }

        private String hear() throws IOException {
            String line = out.readLine();
            if (line == null) throw new IOException("a process has ended");
            return line;
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
