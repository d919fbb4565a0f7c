package io.partd.cli.store;

import io.partd.Bytes;

/** Tells tables from other bytes. */
public final class Tables {
    /** How many bytes tell. */
    static final int BEGINNING = 4;

    private Tables() {}

    /** Whether the bytes begin as an Arrow stream does, or there are none. */
    public static boolean isTable(Bytes bytes) {
        return isTable(bytes.slice(0, Math.min(BEGINNING, bytes.size())).toArray());
    }

    /** Whether these are the first {@link #BEGINNING} bytes of an Arrow stream, or there are none. */
    static boolean isTable(byte... beginning) {
        for (byte each : beginning) {
            if (each != -1) return false;
        }
        return beginning.length == 0 || beginning.length == BEGINNING;
    }
}
