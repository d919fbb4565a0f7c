package io.partd.file;

/** Lets tests in other packages stop a thread before each store to a word of a control file. */
public final class WordStops {
    private WordStops() {}

    /** Runs this in every thread of this JVM that is about to store to a control word, from now on. */
    public static void before(Runnable stop) {
        SharedWords.beforeStore = stop;
    }
}
