package io.partd.tablesaw;

/** What becomes of times that Tablesaw cannot hold because they are finer than its milliseconds. */
public enum SubMillis {
    /** They are refused, with their column and row. */
    REFUSE,
    /** They become the millisecond that they are in: what is finer is cut off, also before 1970. */
    TRUNCATE
}
