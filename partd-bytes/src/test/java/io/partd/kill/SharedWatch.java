package io.partd.kill;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was read of keys that several processes append to with heads, and delete: each value has its head in front and
 * no other, holds the chunks of each writer in order, and has all that was read of it before, by whomever, unless it
 * was removed; and what was removed does not return. For several threads, whose reads come one after the other here.
 */
final class SharedWatch {
    private static final Pattern PART = Pattern.compile("\\[(\\d+):(\\d+)]|\\((\\d+):(\\d+):x*\\)");

    private final Map<String, List<String>> seen = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private long reads;

    synchronized void read(Partd<Bytes> store, String who) {
        List<Bytes> values = store.get(SoakMain.SHARED);
        for (int i = 0; i < values.size(); i++) {
            String key = SoakMain.SHARED.get(i);
            try {
                check(key, parts(values.get(i).toUtf8()));
            } catch (AssertionError e) {
                throw new AssertionError(who + " reads of " + key + " " + shortened(values.get(i)) + ": "
                        + e.getMessage() + "; before it was " + seen.get(key));
            }
        }
        reads++;
    }

    private static String shortened(Bytes value) {
        return value.toUtf8().replaceAll("x+", "");
    }

    private static List<String> parts(String value) {
        List<String> parts = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        Matcher part = PART.matcher(value);
        int end = 0;
        while (part.find()) {
            if (part.start() != end) throw new AssertionError("broken at " + end);
            end = part.end();
            boolean head = part.group(1) != null;
            if (head != parts.isEmpty()) throw new AssertionError(head ? "a head in the middle" : "no head in front");
            String writer = head ? part.group(1) : part.group(3);
            int number = Integer.parseInt(head ? part.group(2) : part.group(4));
            if (!head && last.getOrDefault(writer, -1) >= number) throw new AssertionError("order of " + part.group());
            if (!head) last.put(writer, number);
            parts.add(part.group().replaceAll("x+", ""));
        }
        if (end != value.length()) throw new AssertionError("broken at " + end);
        return parts;
    }

    private void check(String key, List<String> parts) {
        List<String> before = seen.getOrDefault(key, List.of());
        boolean same = !parts.isEmpty() && !before.isEmpty() && parts.get(0).equals(before.get(0));
        if (same) {
            Set<String> missing = new HashSet<>(before);
            parts.forEach(missing::remove);
            if (!missing.isEmpty()) throw new AssertionError("lost " + missing);
        } else {
            before.forEach(part -> gone.add(key + part));
        }
        for (String part : parts) {
            if (gone.contains(key + part)) throw new AssertionError(part + " had gone, and is back");
        }
        seen.put(key, parts);
    }

    @Override
    public synchronized String toString() {
        return reads + " reads";
    }
}
