package io.partd.duckdb.read;

import io.partd.duckdb.InputFormat;
import io.partd.duckdb.UnreadableInputException;
import io.partd.duckdb.UnreadableInputException.Remedy;
import io.partd.text.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that are named: paths and globs. */
public final class Inputs {
    private static final String WILD = "*?[{";
    private static final Pattern ADDRESS = Pattern.compile("(?i)([a-z][a-z0-9+]+)://.*");

    private Inputs() {}

    /**
     * The files of a name, those of a glob sorted.
     *
     * @param format what they hold where they do not begin as Parquet or Arrow do
     * @param temporary where streams are kept
     * @param kept where files are added that are to be removed in the end
     * @throws IllegalArgumentException if there is none, or it is not one of this machine's
     */
    public static List<Input> find(String name, Optional<InputFormat> format, Path temporary, Kept kept)
            throws IOException {
        List<Input> inputs = new ArrayList<>();
        for (Path path : paths(name)) inputs.add(input(path, format, temporary, kept));
        return inputs;
    }

    private static Input input(Path path, Optional<InputFormat> format, Path temporary, Kept kept) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    path + " is a directory: name its files, for example '" + path.resolve("*.parquet") + "'");
        }
        if (!Files.isRegularFile(path)) {
            return StreamInput.open(Files.newInputStream(path), path.toString(), format, temporary, kept);
        }
        byte[] first;
        try (InputStream in = Files.newInputStream(path)) {
            first = in.readNBytes(FileKind.MAGIC);
        }
        FileKind kind = FileKind.of(first).orElseGet(() -> textual(path, format));
        return new Input.OfFile(path, path.toString(), kind, Files.size(path));
    }

    private static FileKind textual(Path path, Optional<InputFormat> format) {
        InputFormat named = format.or(
                        () -> InputFormat.ofName(path.getFileName().toString()))
                .orElseThrow(() -> new UnreadableInputException(
                        path.toString(),
                        "cannot tell what it holds: give it a name that ends in .parquet, .csv, .tsv, .json, .arrow or .arrows, or say its format",
                        null,
                        List.of(Remedy.FORMAT),
                        null));
        FileKind kind = FileKind.of(named);
        if (kind.isText()) return kind;
        throw new UnreadableInputException(
                path.toString(),
                "it is called " + kind.title + ", and does not begin as such a file does",
                null,
                List.of(),
                null);
    }

    private static List<Path> paths(String name) throws IOException {
        Matcher address = ADDRESS.matcher(name);
        if (address.matches()) throw elsewhere(name, address.group(1));
        Path path = Path.of(name);
        if (Files.exists(path)) return List.of(path);
        if (name.chars().noneMatch(c -> WILD.indexOf(c) >= 0)) throw missing(path);
        List<Path> matches = glob(name);
        if (matches.isEmpty()) throw new IllegalArgumentException("no file matches '" + name + "'");
        return matches;
    }

    private static IllegalArgumentException elsewhere(String name, String scheme) {
        String fetch =
                scheme.toLowerCase(Locale.ROOT).startsWith("s3") ? "aws s3 cp " + name + " -" : "curl -sL " + name;
        return new IllegalArgumentException(name + " is an address, and only files of this machine are read: fetch it"
                + " first, or read its bytes as a stream, as '" + fetch + "' gives them");
    }

    private static IllegalArgumentException missing(Path path) {
        Path parent = path.getParent() == null ? Path.of("") : path.getParent();
        if (!Files.isDirectory(parent)) {
            return new IllegalArgumentException("there is no file " + path + ", nor its directory");
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            List<String> names =
                    siblings.map(each -> each.getFileName().toString()).sorted().toList();
            List<String> near = Suggestions.matches(path.getFileName().toString(), names);
            return new IllegalArgumentException(
                    "there is no file " + path + (near.isEmpty() ? "" : ": did you mean " + near.get(0) + "?"));
        } catch (IOException e) {
            return new IllegalArgumentException("there is no file " + path, e);
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
