package io.partd.arrow.partition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a partitioner: its kind and what it is given, in order. */
public final class PartitionerText {
    private static final Pattern KIND = Pattern.compile("\\s*(hash|range|values)\\s*\\(");
    private static final Pattern SPACE = Pattern.compile("\\s*");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\]))|\\\\");
    private static final Pattern TYPED = Pattern.compile("([a-z]+)\\(([^()\"]*)\\)");
    private static final Pattern PLAIN = Pattern.compile("[^\\s,()\"]+");
    private static final int MAX_DIGITS = 400;

    private static final Map<String, Function<String, Object>> TYPES = Map.of(
            "decimal", PartitionerText::decimal,
            "double", Double::valueOf,
            "float", Float::valueOf,
            "binary", HexFormat.of()::parseHex,
            "date", LocalDate::parse,
            "time", LocalTime::parse,
            "datetime", LocalDateTime::parse,
            "instant", Instant::parse,
            "duration", Duration::parse);

    private final String text;
    private int at;

    private PartitionerText(String text) {
        this.text = text;
    }

    /**
     * What a text says.
     *
     * @param kind {@code hash}, {@code range} or {@code values}
     * @param arguments names and texts as strings, numbers and bounds of other types as values
     */
    public record Parsed(String kind, List<Object> arguments) {}

    /** @throws IllegalArgumentException if the text is none of a partitioner, saying where */
    public static Parsed parse(String text) {
        return new PartitionerText(text).read();
    }

    private Parsed read() {
        Matcher kind = next(KIND, "hash(..), range(..) or values(..)");
        List<Object> arguments = new ArrayList<>();
        do {
            arguments.add(argument());
            skip();
        } while (take(','));
        if (!take(')')) throw wrong("a comma or the closing parenthesis");
        skip();
        if (at < text.length()) throw wrong("the end");
        return new Parsed(kind.group(1), List.copyOf(arguments));
    }

    private Object argument() {
        skip();
        Matcher quoted = find(QUOTED);
        if (quoted != null) return unescape(quoted.group(1));
        Matcher typed = find(TYPED);
        if (typed != null) return typed(typed.group(1), typed.group(2));
        return plain(next(PLAIN, "a name or a text in double quotes, a number, or a bound such as date(2001-12-31)"));
    }

    private static Object plain(Matcher word) {
        String text = word.group();
        if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
        try {
            return whole(decimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    KeyText.quote(text)
                            + " is neither a number nor true or false: names and texts are in double quotes",
                    e);
        }
    }

    private static Object whole(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() > 0 || plain.precision() - plain.scale() > MAX_DIGITS) return number;
        BigInteger whole = plain.toBigInteger();
        if (whole.bitLength() < Long.SIZE) return whole.longValue();
        return whole;
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MAX_DIGITS) throw new NumberFormatException("a number of " + text.length() + " digits");
        return new BigDecimal(text);
    }

    private static Object typed(String type, String value) {
        Function<String, Object> parser = TYPES.get(type);
        if (parser == null) throw new IllegalArgumentException("there are no bounds of type " + type);
        try {
            return parser.apply(value.strip());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(KeyText.quote(value) + " is no " + type, e);
        }
    }

    private static String unescape(String quoted) {
        return ESCAPE.matcher(quoted).replaceAll(match -> {
            if (match.group(1) != null) {
                return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16)));
            }
            if (match.group(2) != null) return Matcher.quoteReplacement(match.group(2));
            throw new IllegalArgumentException(
                    "a backslash in " + KeyText.quote(quoted) + " is followed neither by \", \\ nor by u and 4 digits");
        });
    }

    private void skip() {
        find(SPACE);
    }

    private boolean take(char c) {
        if (at == text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    /** What the pattern matches here, which is passed over; null where it does not match. */
    private Matcher find(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) return null;
        at = matcher.end();
        return matcher;
    }

    private Matcher next(Pattern pattern, String expected) {
        Matcher matcher = find(pattern);
        if (matcher == null) throw wrong(expected);
        return matcher;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("at character " + at + " " + expected + " is expected");
    }
}
