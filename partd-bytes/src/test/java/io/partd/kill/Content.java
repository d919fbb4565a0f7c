package io.partd.kill;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the keys of a store hold, as text: the model of one outcome. No value is empty. */
final class Content {
    /** The key that the killed operation is about. */
    static final String KEY = "k";

    private final SortedMap<String, String> values = new TreeMap<>();

    Content copy() {
        Content copy = new Content();
        copy.values.putAll(values);
        return copy;
    }

    void takeOver(Content other) {
        values.clear();
        values.putAll(other.values);
    }

    void append(String key, String value) {
        append(Map.of(key, value), Map.of());
    }

    /** Gives the keys whose heads were written. */
    Set<String> append(Map<String, String> appended, Map<String, String> heads) {
        Set<String> written = new TreeSet<>(heads.keySet());
        written.removeAll(values.keySet());
        for (String key : written) values.put(key, heads.get(key));
        appended.forEach((key, value) -> values.merge(key, value, String::concat));
        return written;
    }

    void delete(Collection<String> keys) {
        values.keySet().removeAll(keys);
    }

    void drop() {
        values.clear();
    }

    /** The value, or the empty text. */
    String get(String key) {
        return values.getOrDefault(key, "");
    }

    Set<String> keys() {
        return values.keySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && values.equals(content.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
