package io.partd.cli;

import java.nio.file.Path;

/** Runs some commands, so that the JVM can archive the classes that they need and start faster from then on. */
final class ClassArchiveRun {
    private ClassArchiveRun() {}

    /** The arguments are a file of flights, and an empty directory to work in. */
    public static void main(String[] args) {
        Path work = Path.of(args[1]);
        String store = work.resolve("store").toString();
        run("shuffle", args[0], "--by", "origin", "--values", "--to", store);
        run("ls", store);
        run("head", store, "ATL");
        run(
                "export",
                store,
                "ATL",
                "--format",
                "csv",
                "--out",
                work.resolve("ATL.csv").toString());
        run("verify", store);
        System.exit(0);
    }

    private static void run(String... command) {
        int code = Main.run(command);
        if (code != 0) throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
}
