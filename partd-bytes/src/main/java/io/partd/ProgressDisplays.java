package io.partd;

import io.partd.base.Log;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The display of progress that is first on the class path. */
final class ProgressDisplays {
    private static final Optional<Progress.Display> FIRST = find();

    private static final Progress NOWHERE = new Progress() {
        @Override
        public void add(long amount) {}

        @Override
        public void close() {}
    };

    private ProgressDisplays() {}

    /** Makes the display, once: a notebook learns by that that the library is used. */
    static void load() {}

    static Progress begin(String what, String unit, long total) {
        return FIRST.map(display -> display.begin(what, unit, total)).orElse(NOWHERE);
    }

    /** Whether whoever watches wants this thread's work to end. */
    static boolean stopped() {
        return FIRST.isPresent() && FIRST.get().stopped();
    }

    /**
     * No store fails for the sake of a display that cannot be made. Nobody looks for a second one, which would open all
     * jars of the class path.
     */
    private static Optional<Progress.Display> find() {
        try {
            return ServiceLoader.load(Progress.Display.class, Progress.class.getClassLoader())
                    .findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            Log.get().log(Level.WARNING, "a display of progress cannot be made, and progress is not shown", e);
            return Optional.empty();
        }
    }
}
