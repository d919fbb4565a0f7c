package io.partd.cli;

/** What the {@code partd} script has found out about the terminal. Without it there is none. */
final class Terminal {
    private static final int COLUMNS = 80;

    private Terminal() {}

    static boolean isOutput() {
        return Boolean.getBoolean("partd.stdout.terminal");
    }

    static boolean isError() {
        return Boolean.getBoolean("partd.stderr.terminal");
    }

    static int columns() {
        int columns = Integer.getInteger("partd.columns", COLUMNS);
        return columns < 20 ? COLUMNS : columns;
    }
}
