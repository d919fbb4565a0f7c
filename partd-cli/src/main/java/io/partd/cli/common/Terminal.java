package io.partd.cli.common;

/** What the {@code partd} script has found out about the terminal. Without it there is none. */
public final class Terminal {
    private static final int COLUMNS = 80;

    private Terminal() {}

    public static boolean isOutput() {
        return Boolean.getBoolean("partd.stdout.terminal");
    }

    public static boolean isError() {
        return Boolean.getBoolean("partd.stderr.terminal");
    }

    public static int columns() {
        int columns = Integer.getInteger("partd.columns", COLUMNS);
        return columns < 20 ? COLUMNS : columns;
    }
}
