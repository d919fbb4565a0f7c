package io.partd.notebook;

/** The kernel that runs, if one does. Safe for several threads. */
interface Notebook {
    /** Shows something in the output of the cell that runs. */
    void show(String id, View view);

    /** Shows something else in its place. */
    void update(String id, View view);

    /** Says which kernel runs. */
    static void isRun(Notebook notebook) {
        Current.notebook = notebook;
    }

    /** The kernel, or null where the library is not used in a notebook. */
    static Notebook current() {
        return Current.notebook;
    }

    /** Holds the kernel. */
    final class Current {
        private static volatile Notebook notebook;

        private Current() {}
    }
}
