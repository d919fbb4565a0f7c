package io.partd.benchmarks.common;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of the libraries ran: by the names of their jars. */
public final class Versions {
    private static final List<String> LIBRARIES =
            List.of("rocksdbjni", "h2-mvstore", "duckdb_jdbc", "arrow-vector", "tablesaw-core");

    private Versions() {}

    public static Map<String, String> ofClassPath() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String jar : jars()) {
            for (String library : LIBRARIES) {
                Matcher name = Pattern.compile(Pattern.quote(library) + "-(\\d.*)\\.jar")
                        .matcher(jar);
                if (name.matches()) versions.put(library, name.group(1));
            }
        }
        return versions;
    }

    private static List<String> jars() {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            jars.add(Path.of(entry).getFileName().toString());
        }
        return jars;
    }
}
