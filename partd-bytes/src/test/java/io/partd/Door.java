package io.partd;

import io.partd.base.Piece;
import io.partd.log.RecordContent;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import java.util.List;
import java.util.Map;

/** What {@link FilePartd} makes of bytes for the engine, and of the engine's pieces, for tests of the engine. */
public final class Door {
    private Door() {}

    /** Returns what a record of an append with all of its heads holds. */
    public static RecordContent content(Map<String, Bytes> values, Map<String, Bytes> heads) {
        return FilePartd.content(values, heads, List.of());
    }

    /** Returns all marks that a store remembers. */
    public static List<Mark> marks(FilePartd store) {
        return ((FileMarks) MarkedStores.of(store)).all();
    }

    /** Returns the pieces of a value. */
    public static List<Piece> pieces(Bytes value) {
        return List.of(value.pieces());
    }

    /** Returns the value of these pieces. */
    public static Bytes bytesOf(List<Piece> pieces) {
        return Bytes.ofPieces(pieces);
    }

    /** Returns the values that these pieces are of. */
    public static List<Bytes> bytes(List<List<Piece>> values) {
        return values.stream().map(Bytes::ofPieces).toList();
    }
}
