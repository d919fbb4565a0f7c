package io.partd;

import io.partd.base.Log;
import java.lang.System.Logger.Level;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The display of progress that the program named, or else the one that is first on the class path. */
final class ProgressDisplays {
    private static final Progress NOWHERE = new Progress() {
        @Override
        public void add(long amount) {}

        @Override
        public void close() {}
    };

    private static volatile Progress.Display named;

    private ProgressDisplays() {}

    /** Looked for where the program names none: that opens all jars of the class path. */
    private static final class Found {
        private static final Progress.Display FIRST = find();

        /** No store fails for the sake of a display that cannot be made. */
        private static Progress.Display find() {
            Progress.Display none = (what, unit, total) -> NOWHERE;
            try {
                return ServiceLoader.load(Progress.Display.class, Progress.class.getClassLoader())
                        .findFirst()
                        .orElse(none);
            } catch (ServiceConfigurationError | LinkageError e) {
                Log.get().log(Level.WARNING, "a display of progress cannot be made, and progress is not shown", e);
                return none;
            }
        }
    }

    static void name(Progress.Display display) {
        named = display;
    }

    /** Makes the display, once: a notebook learns by that that the library is used. */
    static Progress.Display load() {
        Progress.Display display = named;
        return display == null ? Found.FIRST : display;
    }

    static Progress begin(String what, String unit, long total) {
        return load().begin(what, unit, total);
    }

    /** Whether whoever watches wants this thread's work to end. */
    static boolean stopped() {
        return load().stopped();
    }
}
