package io.partd.cli.input;

import io.partd.cli.common.Failure;
import io.partd.text.Suggestions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the inputs that are named on the command line: files, globs in quotes, and {@code -}. */
public final class Inputs {
    private static final String WILD = "*?[{";

    private Inputs() {}

    public static List<Input> find(List<String> names) throws IOException {
        List<Input> inputs = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-")) inputs.add(stdin(inputs));
            else for (Path path : paths(name)) inputs.add(Input.of(path));
        }
        return inputs;
    }

    private static Input stdin(List<Input> before) {
        if (before.contains(Input.STDIN)) throw new Failure("- is named twice: standard input can be read once");
        return Input.STDIN;
    }

    private static List<Path> paths(String name) throws IOException {
        Path path = Path.of(name);
        if (Files.exists(path)) return List.of(path);
        if (name.chars().noneMatch(c -> WILD.indexOf(c) >= 0)) throw missing(path);
        List<Path> matches = glob(name);
        if (matches.isEmpty()) throw new Failure("no file matches '" + name + "'");
        return matches;
    }

    private static Failure missing(Path path) {
        Path parent = path.getParent() == null ? Path.of("") : path.getParent();
        if (!Files.isDirectory(parent)) return new Failure("there is no file " + path + ", nor its directory");
        try (Stream<Path> siblings = Files.list(parent)) {
            List<String> names =
                    siblings.map(each -> each.getFileName().toString()).sorted().toList();
            List<String> near = Suggestions.matches(path.getFileName().toString(), names);
            return new Failure(
                    "there is no file " + path + (near.isEmpty() ? "" : ": did you mean " + near.get(0) + "?"));
        } catch (IOException e) {
            return new Failure("there is no file " + path, e);
        }
    }

    /** The files that match, sorted; {@code **} crosses directories. */
    private static List<Path> glob(String pattern) throws IOException {
        int wild = 0;
        while (WILD.indexOf(pattern.charAt(wild)) < 0) wild++;
        int slash = pattern.lastIndexOf('/', wild);
        Path start = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
        if (!Files.isDirectory(start)) return List.of();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : (int) pattern.substring(slash + 1)
                                .chars()
                                .filter(c -> c == '/')
                                .count()
                        + 1;
        try (Stream<Path> files = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(path -> matcher.matches(path) && !Files.isDirectory(path))
                    .sorted()
                    .toList();
        }
    }
}
