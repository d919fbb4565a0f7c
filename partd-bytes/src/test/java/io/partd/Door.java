package io.partd;

import java.util.List;
import java.util.Map;

/** What {@link FilePartd} makes of bytes for the engine, and of the engine's pieces, for tests of the engine. */
public final class Door {
    private Door() {}

    /** Returns what a record of an append with all of its heads holds. */
    public static RecordContent content(Map<String, Bytes> values, Map<String, Bytes> heads) {
        return FilePartd.content(values, heads, List.of());
    }

    /** Returns the values that these pieces are of. */
    public static List<Bytes> bytes(List<List<Piece>> values) {
        return values.stream().map(Bytes::ofPieces).toList();
    }
}
