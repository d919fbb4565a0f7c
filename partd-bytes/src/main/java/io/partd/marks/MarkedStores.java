package io.partd.marks;

import io.partd.Partd;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds the {@link Marks} of stores. */
public final class MarkedStores {
    private static final Map<Class<?>, Function<Object, Marks<?>>> HIDDEN = new ConcurrentHashMap<>();

    private MarkedStores() {}

    /** To be called by a public class of stores that does not show its users that it has marks. */
    public static <V, S extends Partd<V>> void register(Class<S> type, Function<S, Marks<V>> marks) {
        HIDDEN.put(type, store -> marks.apply(type.cast(store)));
    }

    /**
     * The store's own marks where it has them. Else they are in memory alone: they end with the object that this
     * returns, and after an append that failed nobody knows whether it was made.
     */
    @SuppressWarnings("unchecked") // what a store of V has are marks for appends of V
    public static <V> Marks<V> of(Partd<V> store) {
        if (store instanceof Marks<?> own) return (Marks<V>) own;
        Function<Object, Marks<?>> hidden = HIDDEN.get(store.getClass());
        return hidden == null ? new PlainMarks<>(store) : (Marks<V>) hidden.apply(store);
    }
}
