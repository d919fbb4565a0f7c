package io.partd.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as users write them: {@code 256MB} (a million bytes each) or {@code 1GiB} (1024 x 1024 x 1024). */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kmgt]?)(i?)(b?)", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches() || (!size.group(3).isEmpty() && size.group(2).isEmpty())) {
            throw new IllegalArgumentException("'" + text + "' is no size: write for example 256MB or 2GiB");
        }
        long unit = size.group(3).isEmpty() ? 1000 : 1024;
        int power = "kmgt".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1;
        double bytes =
                Long.parseLong(size.group(1)) * Math.pow(unit, size.group(2).isEmpty() ? 0 : power);
        if (bytes > 1L << 60) throw new IllegalArgumentException("'" + text + "' is too much");
        return (long) bytes;
    }
}
