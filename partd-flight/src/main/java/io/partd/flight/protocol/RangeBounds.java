package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The bounds of a range partitioner in a command. Numbers, texts and booleans are what JSON has; a bound of another
 * type is an object that names it: {@code {"date": "2001-02-01"}}.
 */
final class RangeBounds {
    private static final Map<String, Function<String, Object>> TYPES = Map.of(
            "date", LocalDate::parse,
            "time", LocalTime::parse,
            "datetime", LocalDateTime::parse,
            "instant", Instant::parse,
            "duration", Duration::parse,
            "binary", HexFormat.of()::parseHex);

    private RangeBounds() {}

    /**
     * Reads a list of bounds.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Object[] of(JsonNode list) {
        if (list == null || !list.isArray()) throw new IllegalArgumentException("\"range\" is not a list of bounds");
        Object[] bounds = new Object[list.size()];
        for (int i = 0; i < bounds.length; i++) bounds[i] = bound(list.get(i), i);
        return bounds;
    }

    private static Object bound(JsonNode node, int position) {
        if (node.isIntegralNumber()) return node.canConvertToLong() ? node.numberValue() : node.bigIntegerValue();
        if (node.isNumber()) return node.doubleValue();
        if (node.isTextual()) return node.textValue();
        if (node.isBoolean()) return node.booleanValue();
        if (node.isObject() && node.size() == 1) return typed(node.fieldNames().next(), node, position);
        throw unknown(position);
    }

    private static Object typed(String type, JsonNode node, int position) {
        JsonNode text = node.get(type);
        if (!TYPES.containsKey(type) || !text.isTextual()) throw unknown(position);
        try {
            return TYPES.get(type).apply(text.textValue());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("bound " + position + " of \"range\" is no " + type, e);
        }
    }

    private static IllegalArgumentException unknown(int position) {
        Set<String> types = new TreeSet<>(TYPES.keySet());
        return new IllegalArgumentException("bound " + position
                + " of \"range\" is neither a number, a text or a boolean, nor an object with one of " + types
                + " and a text");
    }
}
