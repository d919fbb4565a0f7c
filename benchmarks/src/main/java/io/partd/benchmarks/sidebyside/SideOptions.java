package io.partd.benchmarks.sidebyside;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a side-by-side run is asked for.
 *
 * @param directory where stores are made
 * @param output where the results go
 * @param filter what runs: that in whose name it is found
 * @param flights the Parquet file of W6
 * @param spark what the class path of Spark is; empty where it is not asked for
 */
record SideOptions(
        Profile profile, Path directory, Path output, Pattern filter, Path flights, String python, String spark) {
    private static final String USAGE =
            "usage: [quick|full] [-s scale] [-r rounds] [-t seconds] [-f regular expression]"
                    + " [-d directory] [-o output directory] [-i flights.parquet] [-p python] [-x class path of Spark]";

    static SideOptions parse(String... args) {
        int first = args.length > 0 && !args[0].startsWith("-") ? 1 : 0;
        Profile profile = Profile.named(first == 1 ? args[0] : "quick");
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path output = Path.of("");
        Pattern filter = Pattern.compile("");
        Path flights = Path.of("samples", "flights-sample.parquet");
        String python = "/usr/bin/python3";
        String spark = "";
        for (int i = first; i < args.length; i += 2) {
            if (i + 1 == args.length) throw new IllegalArgumentException(args[i] + " has no value; " + USAGE);
            String value = args[i + 1];
            switch (args[i]) {
                case "-s" -> profile = profile.withScale(Double.parseDouble(value));
                case "-r" -> profile = profile.withRounds(Integer.parseInt(value));
                case "-t" -> profile = profile.withSeconds(Integer.parseInt(value));
                case "-f" -> filter = Pattern.compile(value);
                case "-d" -> directory = Path.of(value);
                case "-o" -> output = Path.of(value);
                case "-i" -> flights = Path.of(value);
                case "-p" -> python = value;
                case "-x" -> spark = value;
                default -> throw new IllegalArgumentException("no such option: " + args[i] + "; " + USAGE);
            }
        }
        if (!Files.isReadable(flights)) throw new IllegalArgumentException("-i: there is no file " + flights);
        return new SideOptions(profile, directory, output, filter, flights.toAbsolutePath(), python, spark);
    }

    /** The flags of the peers' JVMs. */
    static List<String> heap() {
        return List.of("-Xmx" + System.getProperty("partd.benchmark.heap", "4g"));
    }
}
