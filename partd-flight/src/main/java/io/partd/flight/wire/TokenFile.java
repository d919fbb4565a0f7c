package io.partd.flight.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file of bearer tokens: {@code TOKEN [RIGHT[,RIGHT...]]} in each line, for example {@code x7Gq2 read,append}. Empty
 * lines and those that begin with {@code #} say nothing.
 */
public final class TokenFile {
    private static final String FORM = "write TOKEN, or TOKEN and its rights, such as read,append,remove";

    private TokenFile() {}

    /**
     * The tokens in the file as it is now, with their rights.
     *
     * @param rights all that there are: a line names them in lower case
     * @param otherwise the rights of a line that names none
     * @throws UncheckedIOException if it cannot be read, a line is none of these, or no line has a token; the message
     *     has no token either
     */
    public static <R extends Enum<R>> Map<String, Set<R>> read(Path file, Class<R> rights, Set<R> otherwise) {
        Map<String, Set<R>> tokens = new HashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            String[] words = line.split("\\s+");
            try {
                tokens.merge(token(words), rights(words, rights, otherwise), TokenFile::both);
            } catch (IllegalArgumentException e) {
                throw wrong(file + ", line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (tokens.isEmpty()) throw wrong(file + " holds no token");
        return tokens;
    }

    private static UncheckedIOException wrong(String what) {
        String message = what + ": " + FORM;
        return new UncheckedIOException(message, new IOException(message));
    }

    private static List<String> lines(Path file) {
        try {
            return SmallFile.text(file).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("tokens: " + e.getMessage(), e);
        }
    }

    private static String token(String... words) {
        if (words.length > 2) throw new IllegalArgumentException("more than two words");
        Tokens.check(words[0]);
        return words[0];
    }

    private static <R extends Enum<R>> Set<R> rights(String[] words, Class<R> all, Set<R> otherwise) {
        if (words.length < 2) return otherwise;
        Set<R> rights = EnumSet.noneOf(all);
        for (String name : words[1].split(",", -1)) rights.add(right(name, all));
        return rights;
    }

    private static <R extends Enum<R>> R right(String name, Class<R> all) {
        return Arrays.stream(all.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny()
                // What stands there may be a part of a token.
                .orElseThrow(() -> new IllegalArgumentException("something else than rights after the token"));
    }

    private static <R extends Enum<R>> Set<R> both(Set<R> some, Set<R> others) {
        Set<R> all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }
}
