package io.partd.cli.common;

import io.partd.CorruptPartdException;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.UnreadableInputException;
import io.partd.duckdb.engine.ErrorTitle;
import io.partd.flight.CallException;
import io.partd.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.memory.OutOfMemoryException;

/** What users are told when something fails: one line. */
public final class Errors {
    private static final int MOST_LINES = 3;

    private Errors() {}

    /** Why it failed. */
    public static String reason(Throwable e) {
        if (e instanceof Failure || e instanceof CorruptPartdException) return Text.oneLine(e.getMessage());
        if (e.getCause() instanceof CallException call) return reason(call);
        if (e instanceof CallException call) return reason(call);
        if (e instanceof DuckException duck && duck.reason() == DuckException.Reason.OUT_OF_MEMORY) {
            return "not enough memory: allow more with --memory (" + firstLines(duck.getCause()) + ")";
        }
        if (isOutOfMemory(e)) return "not enough memory: allow more with --memory (" + firstLines(e) + ")";
        if (e instanceof UnreadableInputException input) return Remedies.reason(input);
        if (e instanceof NoSuchFileException missing) return "there is no file " + missing.getFile();
        if (e instanceof AccessDeniedException denied) return "no permission for " + denied.getFile();
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return isExpected(e)
                ? firstLines(e)
                : "this should not happen: " + e.getClass().getName() + ": " + firstLines(e)
                        + " (with PARTD_DEBUG=1 in the environment the command says where)";
    }

    /** What went wrong between here and a server. */
    private static String reason(CallException e) {
        String server = Text.oneLine(e.server());
        String said = Text.oneLine(e.reason());
        return switch (e.status()) {
            case "UNAVAILABLE" -> "no server can be reached at " + server + " (" + said + ")";
            case "UNAUTHENTICATED" ->
                "the server at " + server + " does not know who asks: --token names a file with a token of that server";
            case "PERMISSION_DENIED" -> "the server at " + server + " refuses it: " + said;
            default -> firstLines(e);
        };
    }

    private static boolean isExpected(Throwable e) {
        return e instanceof IOException
                || e instanceof UncheckedIOException
                || e instanceof SQLException
                || e instanceof DuckException
                || e instanceof IllegalArgumentException
                || e instanceof IllegalStateException;
    }

    private static boolean isOutOfMemory(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError || each instanceof OutOfMemoryException) return true;
            // DuckDB's, which comes as an exception of any kind.
            if (String.valueOf(each.getMessage()).contains("Out of Memory Error")) return true;
        }
        return false;
    }

    /** What DuckDB says of a file that it cannot write to: an object with the words in it. */
    private static final Pattern OBJECT =
            Pattern.compile("\\{\"exception_type\":.*?\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\".*");

    /** DuckDB says much: the first lines tell what is wrong, the others what options its own users have. */
    private static String firstLines(Throwable e) {
        if (e.getMessage() == null) return e.getClass().getSimpleName();
        Matcher object = OBJECT.matcher(ErrorTitle.strip(e.getMessage()));
        String message = object.find() ? object.group(1).replaceAll("\\\\(.)", "$1") : e.getMessage();
        List<String> lines = ErrorTitle.strip(message)
                .lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("Possible") && !line.startsWith("LINE "))
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .toList();
        return Text.oneLine(lines.stream().collect(Collectors.joining("; ")));
    }

    /** Says it on standard error, or all of it where the environment asks for that. */
    public static void print(String command, Throwable e) {
        System.err.println(command + ": " + reason(e));
        if (System.getenv("PARTD_DEBUG") != null) e.printStackTrace();
    }
}
