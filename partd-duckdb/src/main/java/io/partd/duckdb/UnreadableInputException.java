package io.partd.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input that does not hold what it is read as. The message says which, where in it that was seen, and what may help.
 */
public final class UnreadableInputException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    /** What may help. */
    public enum Remedy {
        MEMORY("DuckOptions.memory"),
        FORMAT("DuckRead.format"),
        DELIMITER("CsvOptions.withDelimiter"),
        HEADER("CsvOptions.withHeader"),
        ENCODING("CsvOptions.withEncoding"),
        QUOTE("CsvOptions.withQuote"),
        TYPE("CsvOptions.withType"),
        ALL_TEXT("CsvOptions.withAllText"),
        IGNORE_ERRORS("CsvOptions.withErrorsIgnored");

        private final String call;

        Remedy(String call) {
            this.call = call;
        }
    }

    private final String problem;
    private final String column;
    private final Remedy[] remedies;

    /**
     * Says what is wrong with an input.
     *
     * @param input what it is called
     * @param reason what is wrong, and in which line
     * @param column the column that it is about, or null
     * @param cause what was thrown, or null
     */
    public UnreadableInputException(
            String input, String reason, String column, List<Remedy> remedies, Throwable cause) {
        super(message(input, reason, remedies), cause instanceof IOException io ? io : new IOException(reason, cause));
        this.problem = problem(input, reason);
        this.column = column;
        this.remedies = remedies.toArray(Remedy[]::new);
    }

    private static String problem(String input, String reason) {
        return "cannot read " + input + ": " + reason;
    }

    private static String message(String input, String reason, List<Remedy> remedies) {
        String calls = remedies.stream().map(remedy -> remedy.call).collect(Collectors.joining(", "));
        return problem(input, reason) + (calls.isEmpty() ? "" : " (what may help: " + calls + ")");
    }

    /** Returns the message without what may help. */
    public String problem() {
        return problem;
    }

    /** Returns the column that it is about, where it is about one. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** Returns what may help, the likeliest first. */
    public List<Remedy> remedies() {
        return List.of(remedies);
    }
}
