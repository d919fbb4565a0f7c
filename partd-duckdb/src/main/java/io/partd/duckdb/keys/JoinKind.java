package io.partd.duckdb.keys;

/** Which rows a join gives. */
public enum JoinKind {
    INNER,
    LEFT,
    SEMI,
    ANTI;

    /** Whether rows of the left side count that match none. */
    boolean keepsLeft() {
        return this == LEFT || this == ANTI;
    }

    /** Whether it gives columns of the right side. */
    boolean hasRight() {
        return this == INNER || this == LEFT;
    }
}
