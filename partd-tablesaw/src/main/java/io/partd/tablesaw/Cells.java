package io.partd.tablesaw;

/** Names a column and a row in what a conversion refuses. */
record Cells(String column) {
    IllegalArgumentException refuse(int row, String what) {
        return new IllegalArgumentException("column \"" + column + "\", row " + row + ": " + what);
    }

    IllegalArgumentException meansMissing(int row, long value, String type) {
        return refuse(row, value + " means missing in a Tablesaw column of " + type + ": it cannot be held there");
    }
}
