package io.partd.benchmarks.wire;

import io.partd.benchmarks.common.Machine;
import io.partd.benchmarks.data.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Appends and gets over loopback, by one and two client processes, beside what the machine allows and Redis:
 * {@code bytes|tables [-m MIB] [-r ROUNDS] [-w ROUNDS] [-d DIRECTORY] [-k KIND,...]}. It does the kinds of bytes or
 * those of tables.
 */
final class WireRun {
    private static final String TABLES = "tables-";
    private static final String BYTES_LINE = "%-12s %8s %12s %8s %8s %12s %8s %8s%n";
    private static final String TABLES_LINE = "%-14s %8s %13s %8s %8s %8s %12s %8s %8s %8s%n";

    private int mebibytes = 512;
    private int rounds = 5;
    private int warm = 15;
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    private List<String> kinds =
            List.of("tcp", "redis", "file", "dict", "file-unix", "tables-file", "tables-dict", "tables-layer");

    public static void main(String[] args) throws IOException {
        new WireRun().run(args);
    }

    private void run(String[] args) throws IOException {
        for (int i = 1; i < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "-m" -> mebibytes = Integer.parseInt(value);
                case "-r" -> rounds = Integer.parseInt(value);
                case "-w" -> warm = Integer.parseInt(value);
                case "-d" -> directory = Path.of(value);
                case "-k" -> kinds = List.of(value.split(","));
                default -> throw new IllegalArgumentException(args[i] + " is no option: use -m, -r, -w, -d or -k");
            }
        }
        boolean tables = args[0].equals("tables");
        List<String> mine =
                kinds.stream().filter(kind -> kind.startsWith(TABLES) == tables).toList();
        if (mine.isEmpty()) return;
        System.out.println(Machine.describe(directory));
        if (tables) tables(mine);
        else bytes(mine);
    }

    private void bytes(List<String> mine) throws IOException {
        print(BYTES_LINE, "server", "clients", "append GB/s", "best", "cpu s/GB", "get GB/s", "best", "cpu s/GB");
        for (String kind : mine) {
            for (int clients = 1; clients <= 2; clients++) {
                long each = ((long) mebibytes << 20) / clients;
                double gigabytes = each * clients * 1e-9;
                WireRounds took = measure(kind, WireClient.class, flavour(kind), clients, each, each * clients);
                print(
                        BYTES_LINE,
                        kind,
                        clients,
                        gigabytes / WireRounds.median(took.append()),
                        gigabytes / took.append()[0],
                        took.appendCpu() / gigabytes,
                        gigabytes / WireRounds.median(took.get()),
                        gigabytes / took.get()[0],
                        took.getCpu() / gigabytes);
            }
        }
    }

    private void tables(List<String> mine) throws IOException {
        long batch = WireTables.batchBytes();
        print(
                TABLES_LINE,
                "server",
                "clients",
                "put M rows/s",
                "MB/s",
                "best",
                "cpu s/GB",
                "get M rows/s",
                "MB/s",
                "best",
                "cpu s/GB");
        for (String kind : mine) {
            for (int clients = 1; clients <= 2; clients++) {
                long each = Math.max(1, ((long) mebibytes << 20) / clients / batch);
                double megabytes = each * clients * batch * 1e-6;
                double rows = each * clients * WireTables.ROWS * 1e-6;
                WireRounds took = measure(kind, WireTables.class, kind, clients, each, each * clients * batch);
                double put = WireRounds.median(took.append());
                double got = WireRounds.median(took.get());
                print(
                        TABLES_LINE,
                        kind,
                        clients,
                        rows / put,
                        megabytes / put,
                        megabytes / took.append()[0],
                        took.appendCpu() / megabytes * 1e3,
                        rows / got,
                        megabytes / got,
                        megabytes / took.get()[0],
                        took.getCpu() / megabytes * 1e3);
            }
        }
    }

    private static String flavour(String kind) {
        return kind.startsWith("tcp") || kind.startsWith("redis") ? kind : "flight";
    }

    /** Measures clients that append so much each, chunks' bytes or batches. */
    private WireRounds measure(String kind, Class<?> client, String flavour, int clients, long each, long bytes)
            throws IOException {
        Path store = Files.createTempDirectory(directory, "partd-wire");
        try (WireProcess server = server(kind, store)) {
            List<WireProcess> all = new ArrayList<>();
            try {
                for (int i = 0; i < clients; i++) {
                    all.add(WireProcess.java(client, flavour, server.first, "client" + i, "" + each));
                }
                return WireRounds.measure(server, all, warm, rounds, store, bytes);
            } finally {
                for (WireProcess process : all) process.close();
            }
        } finally {
            Directories.delete(store);
        }
    }

    private static WireProcess server(String kind, Path directory) throws IOException {
        if (!kind.equals("redis")) return WireProcess.java(WireServer.class, kind, directory.toString());
        String port = "6399";
        WireProcess redis = new WireProcess(List.of(
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

    /** Numbers of 100 and more without digits after the point, others with two. */
    private static void print(String line, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Double value) {
                cells[i] = String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
            }
        }
        System.out.printf(Locale.ROOT, line, cells);
    }
}
