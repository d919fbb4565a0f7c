package io.partd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs some commands, so that the JVM can archive the classes that they need and start faster from then on. */
final class ClassArchiveRun {
    private ClassArchiveRun() {}

    /** The argument is an empty directory to work in. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[0]);
        String store = work.resolve("store").toString();
        String rows = IntStream.range(0, 1_000)
                .mapToObj(i -> "key" + i % 3 + "," + i + ",2001-01-01T00:00:00,1.5\n")
                .collect(Collectors.joining("", "name,number,time,price\n", ""));
        Path csv = Files.writeString(work.resolve("rows.csv"), rows);
        run("--help");
        run("shuffle", csv.toString(), "--by", "name", "--values", "--to", store);
        run("ls", store);
        run("head", store, "key1");
        run("schema", store, "key1");
        run("stat", store);
        run("export", store, "key1", "--out", work.resolve("key1.csv").toString());
        run("sql", store, "SELECT name, sum(price) FROM store GROUP BY 1");
        run("verify", store);
        System.exit(0);
    }

    private static void run(String... command) {
        int code = Main.run(command);
        if (code != 0) throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
}
