package io.partd.spark.speed;

import java.util.ArrayList;
import java.util.List;

/** What is measured, and how; what nothing is said of is for two cores. */
final class SpeedOptions {
    long rows = 20_000_000;
    int rounds = 3;
    int parts = 64;
    int tasks = 2;
    String master = "local[2]";
    String directory = System.getProperty("java.io.tmpdir") + "/partd-spark-speed";
    String compression = "";
    String flights = "";
    List<String> contests = List.of("write", "read", "join");
    final List<String> settings = new ArrayList<>();

    static SpeedOptions parse(String... args) {
        SpeedOptions options = new SpeedOptions();
        if (args.length % 2 != 0)
            throw new IllegalArgumentException("an option lacks its value: " + String.join(" ", args));
        for (int i = 0; i < args.length; i += 2) options.set(args[i], args[i + 1]);
        return options;
    }

    private void set(String option, String value) {
        switch (option) {
            case "-n" -> rows = Long.parseLong(value);
            case "-r" -> rounds = Integer.parseInt(value);
            case "-p" -> parts = Integer.parseInt(value);
            case "-t" -> tasks = Integer.parseInt(value);
            case "-m" -> master = value;
            case "-d" -> directory = value;
            case "-z" -> compression = value;
            case "-i" -> flights = value;
            case "-c" -> contests = List.of(value.split(","));
            case "-s" -> settings.add(value);
            default ->
                throw new IllegalArgumentException(
                        option + " is no option: use -n, -r, -p, -t, -m, -d, -z, -i, -c or -s");
        }
    }
}
