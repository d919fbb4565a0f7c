package io.partd.spark;

import org.apache.spark.sql.connector.catalog.Identifier;

/**
 * A table by its path, from the options of a reader or writer.
 *
 * @param name the path
 * @param mayBeNew whether a partitioner is named, so that a store may be made there
 */
record PathIdentifier(String name, boolean mayBeNew) implements Identifier {
    private static final String[] NONE = {};

    @Override
    public String[] namespace() {
        return NONE;
    }

    /** Whether a table's name is a path: names in a warehouse have neither of these. */
    static boolean isPath(String name) {
        return name.indexOf('/') >= 0 || name.indexOf(':') >= 0;
    }
}
