package io.partd.benchmarks.duckdb;

import java.nio.file.Path;

/**
 * The options of {@code duckdb.sh}.
 *
 * @param scale of all numbers of rows
 * @param rounds how often each side runs
 * @param chosen an expression that is found in the names of the comparisons to run
 * @param directory where tables are and stay, or null
 */
record SpeedOptions(double scale, int rounds, String chosen, Path directory) {
    static SpeedOptions parse(String... arguments) {
        double scale = 1;
        int rounds = 1;
        String chosen = "";
        Path directory = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) throw new IllegalArgumentException(arguments[i] + " needs a value");
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "-r" -> scale = Double.parseDouble(value);
                case "-n" -> rounds = Integer.parseInt(value);
                case "-f" -> chosen = value;
                case "-d" -> directory = Path.of(value);
                default ->
                    throw new IllegalArgumentException("there is no option " + arguments[i] + ": use -r, -n, -f, -d");
            }
        }
        return new SpeedOptions(scale, rounds, chosen, directory);
    }
}
