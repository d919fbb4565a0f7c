package io.partd.duckdb.engine;

/** Names and texts as they are written in SQL. */
public final class Sql {
    private Sql() {}

    /** The text in quotes. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The name in quotes. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A file's name such that it is no pattern. */
    public static String noGlob(String name) {
        return name.replaceAll("[\\[*?]", "[$0]");
    }
}
