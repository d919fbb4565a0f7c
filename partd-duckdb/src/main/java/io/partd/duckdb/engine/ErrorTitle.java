package io.partd.duckdb.engine;

import java.util.regex.Pattern;

/** What DuckDB, and Arrow on its way here, say before what an error is about. */
public final class ErrorTitle {
    private static final Pattern TITLE =
            Pattern.compile("^(?:\\[errno -?\\d+\\] CDataJniException\\{errno=-?\\d+, message=)?"
                    + "(?:java\\.sql\\.SQLException: )?(?:(?:\\w+Exception: )?[A-Z][A-Za-z -]{1,30} Error: )?");

    private ErrorTitle() {}

    /** The message without it. */
    public static String strip(String message) {
        return TITLE.matcher(message).replaceFirst("");
    }
}
