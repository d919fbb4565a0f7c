package io.partd.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a user may have meant by a name that is not there. */
public final class Suggestions {
    private static final int MOST = 5;
    /** Longer names are not compared letter by letter. */
    private static final int MAX_LENGTH = 200;

    private Suggestions() {}

    /** {@code ": did you mean "a" or "b"?"}, or what there is where nothing is near. */
    public static String hint(String name, Collection<String> there) {
        if (there.isEmpty()) return ": there are none";
        List<String> near = matches(name, there);
        if (!near.isEmpty()) return ": did you mean " + list(near, " or ") + "?";
        List<String> first = there.stream().limit(MOST).toList();
        return ": there " + (there.size() == 1 ? "is " : "are ") + list(first, ", ")
                + (there.size() > MOST ? " and " + (there.size() - MOST) + " more" : "");
    }

    private static String list(List<String> names, String separator) {
        return names.stream().map(Text::quote).collect(Collectors.joining(separator));
    }

    /** The nearest names, nearest first. */
    public static List<String> matches(String name, Collection<String> there) {
        record Match(String name, int distance) {}
        int most = Math.max(1, name.length() / 3);
        return there.stream()
                .map(each -> new Match(each, distance(name, each, most)))
                .filter(match -> match.distance <= most)
                .sorted(Comparator.comparingInt(Match::distance))
                .limit(MOST)
                .map(Match::name)
                .toList();
    }

    /** How many letters to change, add, leave out or swap with the next, or more than {@code most}. */
    private static int distance(String name, String other, int most) {
        String a = name.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (a.equals(b)) return 0;
        boolean tooFar = Math.abs(a.length() - b.length()) > most;
        return tooFar || b.length() > MAX_LENGTH ? most + 1 : distance(a, b);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}
