package io.partd.cli.shuffle;

import io.partd.cli.common.Names;
import io.partd.duckdb.CsvOptions;
import io.partd.duckdb.DuckRead;
import io.partd.duckdb.InputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the inputs hold, and how CSV files are written. */
public final class InputOptions {
    @Option(
            names = "--input-format",
            paramLabel = "arrow|csv|json|ndjson|parquet",
            description = "What inputs hold that do not begin as Parquet or Arrow do, whatever their names say.")
    String format;

    @Option(
            names = "--delimiter",
            paramLabel = "TEXT",
            description = "CSV: what stands between values; this and what follows is found out where it is not given.")
    String delimiter;

    @Option(
            names = "--header",
            negatable = true,
            description = "CSV: whether the first line has the columns' names; without it they are column0, column1.")
    Boolean header;

    @Option(names = "--encoding", paramLabel = "utf-8|utf-16|latin-1", description = "CSV: how text is written.")
    String encoding;

    @Option(
            names = "--quote",
            paramLabel = "CHARACTER",
            description = "CSV: what values stand in that hold delimiters.")
    String quote;

    @Option(
            names = "--decimal-separator",
            paramLabel = "CHARACTER",
            description = "CSV: what stands before the fraction of a number, such as a comma.")
    String decimal;

    @Option(names = "--null", paramLabel = "TEXT", description = "CSV: a text that is a null; may be given again.")
    List<String> nulls = new ArrayList<>();

    @Option(
            names = "--types",
            paramLabel = "COL=TYPE,...",
            description = "CSV: types of columns, by DuckDB's names: VARCHAR, BIGINT, DECIMAL(10,2), TIMESTAMP.")
    List<String> types = new ArrayList<>();

    @Option(names = "--all-text", description = "CSV: take every column for text whose type is not given.")
    boolean allText;

    @Option(names = "--ignore-errors", description = "CSV: leave out lines that cannot be read, and count them.")
    boolean ignoreErrors;

    /**
     * Says it to a read.
     *
     * @throws IllegalArgumentException if it makes no sense, whatever the data
     */
    void apply(DuckRead read) {
        if (format != null) read.format(inputFormat());
        read.csv(csv());
    }

    private InputFormat inputFormat() {
        try {
            return InputFormat.valueOf(format.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--input-format: '" + format + "' is none of arrow, csv, json, ndjson and parquet", e);
        }
    }

    private CsvOptions csv() {
        CsvOptions csv = CsvOptions.defaults();
        if (delimiter != null) csv = csv.withDelimiter(delimiter);
        if (header != null) csv = csv.withHeader(header);
        if (encoding != null) csv = csv.withEncoding(encoding);
        if (quote != null) csv = csv.withQuote(quote);
        if (decimal != null) csv = csv.withDecimalSeparator(decimal);
        for (String text : nulls) csv = csv.withNull(text);
        for (String list : types) csv = withTypes(csv, list);
        if (allText) csv = csv.withAllText();
        return ignoreErrors ? csv.withErrorsIgnored() : csv;
    }

    private static CsvOptions withTypes(CsvOptions csv, String list) {
        CsvOptions typed = csv;
        for (String each : Names.list(list)) {
            int equals = each.lastIndexOf('=');
            if (equals < 1) throw new IllegalArgumentException("--types: '" + each + "' is not COLUMN=TYPE");
            typed = typed.withType(each.substring(0, equals), each.substring(equals + 1));
        }
        return typed;
    }
}
