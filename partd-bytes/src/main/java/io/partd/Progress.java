package io.partd;

import java.util.Objects;

/**
 * Says how far long work is, to whoever shows it: a notebook, for one. Where nobody does, it costs nothing. Safe for
 * several threads.
 *
 * <p>The library reports what it does itself, such as {@link FilePartd#compact}. A loop of one's own reports the same
 * way: {@code try (var progress = Progress.begin("flights", "rows", Progress.UNKNOWN)) { ... progress.add(1_000); }}
 */
public interface Progress extends AutoCloseable {
    /** The total of work whose end nobody knows. */
    long UNKNOWN = -1;

    /** Says that so many more are done. */
    void add(long amount);

    /** Ends the work, whether it was finished or not. */
    @Override
    void close();

    /**
     * Begins some work.
     *
     * @param what the work, in a few words
     * @param unit what is counted, in the plural
     * @param total how many there are, or {@link #UNKNOWN}
     */
    static Progress begin(String what, String unit, long total) {
        return ProgressDisplays.begin(what, unit, total);
    }

    /**
     * Shows the progress of work from now on in this display, in all threads. A program that has one of its own names
     * it before it asks for its first store: no other is looked for then, which on a long class path takes a while.
     *
     * @throws NullPointerException if it is null
     */
    static void showOn(Display display) {
        ProgressDisplays.name(Objects.requireNonNull(display, "display"));
    }

    /**
     * Shows the progress of work. Where the program names none ({@link #showOn}), the first that
     * {@link java.util.ServiceLoader} finds is made when a store is first asked for; there is one.
     */
    interface Display {
        /** Begins to show some work, with the arguments of {@link Progress#begin}. */
        Progress begin(String what, String unit, long total);

        /**
         * Whether the work of this thread is to end, as when a notebook's stop button was pressed: an append to a file
         * store is refused then, so that a loop of appends ends. Asked before each, so it has to be quick.
         */
        default boolean stopped() {
            return false;
        }
    }
}
