package io.partd.duckdb;

import io.partd.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How CSV files are written, as far as that is not to be found out from their first 20,480 lines. Immutable: the
 * methods that begin with {@code with} return others.
 *
 * @param delimiter what stands between values, one to four bytes
 * @param header whether the first line has the columns' names; without it they are {@code column0}, {@code column1}
 * @param encoding {@code utf-8}, {@code utf-16} or {@code latin-1}
 * @param quote what values stand in that hold delimiters or ends of lines
 * @param decimalSeparator what stands before the fraction of a number
 * @param nulls the texts that are nulls; the empty one where there is none
 * @param types names of DuckDB's types by the columns that have them
 * @param allText whether all columns but those of {@code types} are text
 * @param ignoreErrors whether lines that cannot be read are left out, and counted, instead of being an error
 */
public record CsvOptions(
        Optional<String> delimiter,
        Optional<Boolean> header,
        Optional<String> encoding,
        Optional<String> quote,
        Optional<String> decimalSeparator,
        List<String> nulls,
        Map<String, String> types,
        boolean allText,
        boolean ignoreErrors) {
    private static final List<String> ENCODINGS = List.of("utf-8", "utf-16", "latin-1");
    private static final CsvOptions DEFAULTS = new CsvOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            false,
            false);

    public CsvOptions {
        Objects.requireNonNull(delimiter, "the delimiter is null");
        Objects.requireNonNull(header, "the header is null");
        Objects.requireNonNull(encoding, "the encoding is null");
        encoding.ifPresent(CsvOptions::requireEncoding);
        Objects.requireNonNull(quote, "the quote is null");
        Objects.requireNonNull(decimalSeparator, "the decimal separator is null");
        nulls = List.copyOf(nulls);
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    private static void requireEncoding(String name) {
        if (!ENCODINGS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the encoding " + Text.quote(name) + " cannot be read: use utf-8, utf-16 or latin-1");
        }
    }

    /** Returns options that leave everything to be found out. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these with another delimiter. */
    public CsvOptions withDelimiter(String text) {
        return new CsvOptions(
                Optional.of(text), header, encoding, quote, decimalSeparator, nulls, types, allText, ignoreErrors);
    }

    /** Returns these for files whose first line has the columns' names, or for ones where it is a row. */
    public CsvOptions withHeader(boolean there) {
        return new CsvOptions(
                delimiter, Optional.of(there), encoding, quote, decimalSeparator, nulls, types, allText, ignoreErrors);
    }

    /**
     * Returns these with another encoding.
     *
     * @throws IllegalArgumentException if it is none of {@code utf-8}, {@code utf-16} and {@code latin-1}
     */
    public CsvOptions withEncoding(String name) {
        return new CsvOptions(
                delimiter, header, Optional.of(name), quote, decimalSeparator, nulls, types, allText, ignoreErrors);
    }

    /** Returns these with another quote; the empty text is none. */
    public CsvOptions withQuote(String text) {
        return new CsvOptions(
                delimiter, header, encoding, Optional.of(text), decimalSeparator, nulls, types, allText, ignoreErrors);
    }

    /** Returns these with another decimal separator, such as a comma. */
    public CsvOptions withDecimalSeparator(String text) {
        return new CsvOptions(
                delimiter, header, encoding, quote, Optional.of(text), nulls, types, allText, ignoreErrors);
    }

    /** Returns these with one more text that is a null. The first one takes the place of the empty text. */
    public CsvOptions withNull(String text) {
        List<String> more = new ArrayList<>(nulls);
        more.add(text);
        return new CsvOptions(delimiter, header, encoding, quote, decimalSeparator, more, types, allText, ignoreErrors);
    }

    /**
     * Returns these with a column's type, by DuckDB's name: {@code BIGINT}, {@code VARCHAR}, {@code DECIMAL(10, 2)}.
     */
    public CsvOptions withType(String column, String type) {
        Map<String, String> more = new LinkedHashMap<>(types);
        more.put(column, type);
        return new CsvOptions(delimiter, header, encoding, quote, decimalSeparator, nulls, more, allText, ignoreErrors);
    }

    /** Returns these with every column as text that has no type given. */
    public CsvOptions withAllText() {
        return new CsvOptions(delimiter, header, encoding, quote, decimalSeparator, nulls, types, true, ignoreErrors);
    }

    /** Returns these with lines left out that cannot be read. */
    public CsvOptions withErrorsIgnored() {
        return new CsvOptions(delimiter, header, encoding, quote, decimalSeparator, nulls, types, allText, true);
    }
}
