package io.partd.cli.common;

import io.partd.text.Text;
import java.util.Collection;
import java.util.stream.Collectors;

/** An object of JSON that is put together name by name. */
public final class Json {
    private final StringBuilder text = new StringBuilder("{");

    public Json put(String name, String value) {
        return raw(name, value == null ? "null" : Text.json(value));
    }

    public Json put(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** A number that is null where it is less than 0, which is to say not known. */
    public Json putKnown(String name, long value) {
        return raw(name, value < 0 ? "null" : Long.toString(value));
    }

    public Json put(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    public Json put(String name, Json value) {
        return raw(name, value.toString());
    }

    public Json put(String name, Collection<Json> values) {
        return raw(name, values.stream().map(Json::toString).collect(Collectors.joining(", ", "[", "]")));
    }

    public Json putTexts(String name, Collection<String> values) {
        return raw(name, values.stream().map(Text::json).collect(Collectors.joining(", ", "[", "]")));
    }

    /** Seconds since a time of {@code System.nanoTime()}, in thousandths. */
    public Json putSecondsSince(long started) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        return raw(
                "seconds",
                millis / 1000 + "." + Long.toString(1000 + millis % 1000).substring(1));
    }

    /** A value that is JSON already. */
    public Json raw(String name, String value) {
        if (text.length() > 1) text.append(", ");
        text.append(Text.json(name)).append(": ").append(value);
        return this;
    }

    /** Prints the object in a line. */
    public void print() {
        Output.line(toString());
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
