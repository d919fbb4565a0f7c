package io.partd.base;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way between pieces and the values that are made of them, for modules with stores of their own: users of such
 * values see no pieces.
 *
 * @param <B> the values
 */
public interface PieceValues<B> {

    /** The value that is made of these pieces. */
    B of(List<Piece> pieces);

    /** The pieces of a value, for those who do not change the array. */
    Piece[] pieces(B value);

    /** Whether ranges of a value are better read together. */
    default boolean isFar(B value) {
        for (Piece piece : pieces(value)) {
            if (piece.bulkReader() != null) return true;
        }
        return false;
    }

    /** To be called by a class of values when it is loaded. */
    static <B> void register(Class<B> type, PieceValues<B> values) {
        Registered.VALUES.put(type, values);
    }

    /** Those of a class that has registered itself. */
    @SuppressWarnings("unchecked") // what is registered for a class is of its values
    static <B> PieceValues<B> of(Class<B> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader()); // it registers itself when it is initialised
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class " + type + " is there, and cannot be found", e);
        }
        return (PieceValues<B>) Registered.VALUES.get(type);
    }

    /** By class, what was registered. */
    final class Registered {
        private static final Map<Class<?>, PieceValues<?>> VALUES = new ConcurrentHashMap<>();

        private Registered() {}
    }
}
