package io.partd.benchmarks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process is to do, as it stands on its command line.
 *
 * @param workload W1, W2, ...
 * @param peer whose code does it
 * @param settings what else there is to know
 */
public record Task(String workload, String peer, Map<String, String> settings) {

    public static Task parse(String... arguments) {
        if (arguments.length < 2) throw new IllegalArgumentException("usage: workload peer [name=value]...");
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            if (equals < 1) throw new IllegalArgumentException(arguments[i] + ": a setting is name=value");
            settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        return new Task(arguments[0], arguments[1], settings);
    }

    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(workload, peer));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    public Task with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value.toString());
        return new Task(workload, peer, more);
    }

    public int number(String name, int absent) {
        String value = settings.get(name);
        return value == null ? absent : Integer.parseInt(value);
    }

    public String text(String name) {
        String value = settings.get(name);
        if (value == null) throw new IllegalArgumentException(workload + " " + peer + " needs " + name + "=...");
        return value;
    }

    public Path directory() {
        return Path.of(text("directory"));
    }

    public Sizes sizes() {
        return Sizes.scaled(Double.parseDouble(text("scale")));
    }
}
