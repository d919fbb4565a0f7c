package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Sizes;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How a run of workloads goes.
 *
 * @param directory where stores are made
 * @param warmups rounds that do not count
 * @param rounds rounds that count
 * @param filter which workloads run: those in whose names it is found
 * @param size the name of the {@link Sizes}
 * @param json the file for the result, or null
 */
record RunOptions(Path directory, int warmups, int rounds, Pattern filter, String size, Path json) {
    private static final String USAGE =
            "usage: [-d directory] [-w warm-up rounds] [-r rounds] [-f regular expression] [-s full|tiny] [-o json file]";

    static RunOptions parse(String... args) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        int warmups = 2;
        int rounds = 7;
        Pattern filter = Pattern.compile("");
        String size = "full";
        Path json = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) throw new IllegalArgumentException(args[i] + " has no value; " + USAGE);
            String value = args[i + 1];
            switch (args[i]) {
                case "-d" -> directory = Path.of(value);
                case "-w" -> warmups = Integer.parseInt(value);
                case "-r" -> rounds = Integer.parseInt(value);
                case "-f" -> filter = Pattern.compile(value);
                case "-s" -> size = value;
                case "-o" -> json = Path.of(value);
                default -> throw new IllegalArgumentException("no such option: " + args[i] + "; " + USAGE);
            }
        }
        if (rounds < 1) throw new IllegalArgumentException("-r is " + rounds + ": use 1 or more");
        return new RunOptions(directory, warmups, rounds, filter, size, json);
    }

    Sizes sizes() {
        return Sizes.named(size);
    }

    /** Whether something of this name is to run. */
    boolean runs(String name) {
        return filter.matcher(name).find();
    }
}
