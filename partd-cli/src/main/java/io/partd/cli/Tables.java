package io.partd.cli;

import io.partd.Bytes;
import io.partd.FilePartd;

/** Tells tables from other bytes. */
final class Tables {
    private static final int CONTINUATION = 4;

    private Tables() {}

    /** @throws Failure if the key holds something else than an Arrow stream */
    static void require(FilePartd store, String key) {
        if (!isTable(store.get(key))) {
            throw new Failure(
                    "key " + Text.quote(key) + " holds bytes that are no Arrow stream: 'partd cat' writes them");
        }
    }

    /** Whether the bytes begin as an Arrow stream does, or there are none. */
    static boolean isTable(Bytes bytes) {
        if (bytes.size() == 0) return true;
        if (bytes.size() < CONTINUATION) return false;
        for (byte each : bytes.slice(0, CONTINUATION).toArray()) {
            if (each != -1) return false;
        }
        return true;
    }
}
