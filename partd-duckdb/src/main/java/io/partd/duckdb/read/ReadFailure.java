package io.partd.duckdb.read;

import io.partd.duckdb.DuckException;
import io.partd.duckdb.UnreadableInputException;
import io.partd.duckdb.UnreadableInputException.Remedy;
import io.partd.duckdb.engine.ErrorTitle;
import io.partd.text.Text;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What DuckDB and Arrow say of an input that they cannot read, in one line with the file, and with what may help. */
public final class ReadFailure {
    private static final int MOST_LINES = 3;
    private static final Pattern FILE = Pattern.compile("(?m)^\\s*(?:file = |Current file: )(.+?)\\s*$");
    private static final Pattern COLUMN = Pattern.compile("Error when converting column \"(.+?)\"\\. ");

    private ReadFailure() {}

    /** @param input what is read now, in words */
    public static RuntimeException of(String input, Exception e) {
        if (e instanceof UnreadableInputException known) return known;
        if (e instanceof DuckException ended) return ended;
        // What is wrong with the statement is not wrong with the input.
        if (e instanceof IllegalArgumentException misuse) return misuse;
        String said = String.valueOf(e.getMessage());
        if (e instanceof SQLException && said.startsWith("Binder Error: ")
                || said.startsWith("Parser Error: ")
                || said.startsWith("Catalog Error: ")) {
            return new IllegalArgumentException(lines(said, e), e);
        }
        Matcher file = FILE.matcher(said);
        Matcher column = COLUMN.matcher(said);
        return new UnreadableInputException(
                file.find() ? file.group(1) : input,
                lines(said, e),
                column.find() ? column.group(1) : null,
                remedies(said),
                e);
    }

    /**
     * The same of one of several inputs, which have not all to be at fault: a message that does not name it does then.
     */
    public static RuntimeException ofOneOf(String input, Exception e) {
        RuntimeException failure = of(input, e);
        if (!(failure instanceof IllegalArgumentException)
                || failure.getMessage().contains(input)) return failure;
        return new IllegalArgumentException(failure.getMessage() + " (in " + input + ")", failure);
    }

    private static List<Remedy> remedies(String said) {
        if (said.contains("Out of Memory Error")) return List.of(Remedy.MEMORY);
        if (said.contains("not utf-8 encoded")) return List.of(Remedy.ENCODING, Remedy.IGNORE_ERRORS);
        if (said.contains("Error when converting column")) {
            return List.of(Remedy.TYPE, Remedy.ALL_TEXT, Remedy.IGNORE_ERRORS);
        }
        if (said.contains("Expected Number of Columns"))
            return List.of(Remedy.IGNORE_ERRORS, Remedy.DELIMITER, Remedy.QUOTE);
        if (said.contains("unterminated quote") || said.contains("Maximum line size"))
            return List.of(Remedy.QUOTE, Remedy.IGNORE_ERRORS);
        if (said.contains("Error when sniffing file")) {
            return List.of(Remedy.DELIMITER, Remedy.QUOTE, Remedy.ENCODING, Remedy.IGNORE_ERRORS);
        }
        return List.of();
    }

    /** DuckDB says much: the first lines tell what is wrong, the others what options its own users have. */
    static String lines(String said, Exception e) {
        if (e.getMessage() == null) return e.getClass().getSimpleName();
        return Text.oneLine(ErrorTitle.strip(said)
                .lines()
                .map(String::strip)
                .takeWhile(line ->
                        !line.startsWith("Possible") && !line.startsWith("Potential") && !line.startsWith("LINE "))
                .filter(line -> !line.isEmpty() && !line.matches("(Main file schema|Current file): .*"))
                .limit(MOST_LINES)
                .collect(Collectors.joining("; ")));
    }
}
