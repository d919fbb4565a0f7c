package io.partd.kill;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a worker of a {@link Soak} does to keys of its own, and what it has written on them: as text, so that who kills
 * it knows what it was about to do.
 *
 * @param by the worker
 * @param number grows with each operation of all that were this worker
 */
record SoakOperation(Kind kind, int by, int number, List<String> keys) {
    enum Kind {
        APPEND,
        APPEND_WITH_HEADS,
        PUT_IF_ABSENT,
        DELETE
    }

    /** The keys whose heads were written. */
    Set<String> run(Partd<Bytes> store) {
        Map<String, Bytes> values = Operation.bytes(values());
        Map<String, Bytes> heads = Operation.bytes(heads());
        if (kind == Kind.DELETE) store.delete(keys);
        else if (kind == Kind.PUT_IF_ABSENT) return new TreeSet<>(store.putIfAbsent(heads));
        else if (kind == Kind.APPEND) store.append(values);
        else return new TreeSet<>(store.append(values, heads));
        return Set.of();
    }

    /** As above, on the model. */
    Set<String> apply(Content content) {
        if (kind != Kind.DELETE) return content.append(values(), heads());
        content.delete(keys);
        return Set.of();
    }

    /** Of several sizes, and unlike any other. */
    String chunk() {
        return "(" + by + ":" + number + ":" + "x".repeat(number % 7 == 0 ? 3000 : number % 50) + ")";
    }

    String head() {
        return "[" + by + ":" + number + "]";
    }

    private Map<String, String> values() {
        return kind == Kind.APPEND || kind == Kind.APPEND_WITH_HEADS ? each(chunk()) : Map.of();
    }

    private Map<String, String> heads() {
        return kind == Kind.PUT_IF_ABSENT || kind == Kind.APPEND_WITH_HEADS ? each(head()) : Map.of();
    }

    private Map<String, String> each(String text) {
        Map<String, String> map = new HashMap<>();
        keys.forEach(key -> map.put(key, text));
        return map;
    }

    /** {@link #parse} takes it back. */
    @Override
    public String toString() {
        return kind + " " + by + " " + number + " " + String.join(",", keys);
    }

    static SoakOperation parse(String text) {
        String[] words = text.split(" ");
        return new SoakOperation(
                Kind.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                List.of(words[3].split(",")));
    }
}
