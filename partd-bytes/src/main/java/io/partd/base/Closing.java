package io.partd.base;

import java.util.Collection;

/** Closes several things, or does something else with each of them that must not be left out. */
public final class Closing {
    private Closing() {}

    /** What is done with each thing, and how that may fail. */
    public interface Action<T, E extends Exception> {
        void accept(T thing) throws E;
    }

    /**
     * Does it with all things, also when it fails with one: the first failure is thrown, with later ones suppressed.
     */
    public static <T, E extends Exception> void each(Collection<? extends T> things, Action<T, E> action) throws E {
        Throwable first = null;
        for (T thing : things) {
            try {
                action.accept(thing);
            } catch (Exception | Error e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first instanceof Error error) throw error;
        if (first instanceof RuntimeException exception) throw exception;
        if (first != null) throw Closing.<E>declared(first);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the action throws no other checked exception
    private static <E extends Exception> E declared(Throwable failure) {
        return (E) failure;
    }
}
