package io.partd.duckdb.engine;

import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.text.Text;
import java.util.regex.Pattern;

/** What DuckDB says of failures, in this library's words. */
public final class Failures {
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "Out of Memory Error|could not allocate block|failed to (?:allocate|pin|offload)",
            Pattern.CASE_INSENSITIVE);

    private Failures() {}

    /** Whether DuckDB says nothing of the reason, as it does while a result comes piece by piece. */
    public static boolean saysNothing(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Invalid result set");
    }

    /** What DuckDB says, without the kind of its error. */
    public static String message(Throwable failure) {
        return ErrorTitle.strip(String.valueOf(failure.getMessage()).strip());
    }

    /** A statement that ran and failed, whatever the failure was; null where nothing was thrown. */
    public static DuckException running(Throwable failure, Watch.Guard guard, Database database) {
        if (failure instanceof DuckException already) return already;
        if (guard != null && guard.isLate()) {
            String most = database.options().timeout().map(Object::toString).orElse("its time");
            return new DuckException(
                    Reason.TIMEOUT,
                    "the statement took longer than " + most + ": give DuckOptions.timeout more, or ask for less",
                    failure);
        }
        if (guard != null && guard.isInterrupted()) {
            return new DuckException(Reason.CANCELLED, "interrupted: the statement was ended", failure);
        }
        if (OUT_OF_MEMORY.matcher(String.valueOf(failure.getMessage())).find()) {
            return new DuckException(
                    Reason.OUT_OF_MEMORY,
                    "the statement needs more than the "
                            + Text.bytes(database.memory().forDuckDb())
                            + " that DuckDB has of "
                            + Text.bytes(database.memory().bytes())
                            + ": raise DuckOptions.memory, or use fewer threads (" + message(failure) + ")",
                    failure);
        }
        return new DuckException(Reason.FAILED, message(failure), failure);
    }
}
