package io.partd;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The displays of progress that are on the class path. */
final class ProgressDisplays {
    private static final System.Logger LOG = System.getLogger("io.partd");

    private static final List<Progress.Display> ALL = find();

    private static final Progress NOWHERE = new Progress() {
        @Override
        public void add(long amount) {}

        @Override
        public void close() {}
    };

    private ProgressDisplays() {}

    /** Makes the displays, once: a notebook learns by that that the library is used. */
    static void load() {}

    static Progress begin(String what, String unit, long total) {
        return ALL.isEmpty() ? NOWHERE : ALL.get(0).begin(what, unit, total);
    }

    /** Whether whoever watches wants this thread's work to end. */
    static boolean stopped() {
        return !ALL.isEmpty() && ALL.get(0).stopped();
    }

    /** No store fails for the sake of a display that cannot be made. */
    private static List<Progress.Display> find() {
        List<Progress.Display> found = new ArrayList<>();
        Iterator<Progress.Display> displays = ServiceLoader.load(
                        Progress.Display.class, Progress.class.getClassLoader())
                .iterator();
        try {
            while (displays.hasNext()) found.add(displays.next());
        } catch (ServiceConfigurationError | LinkageError e) {
            LOG.log(Level.WARNING, "a display of progress cannot be made, and progress is not shown", e);
        }
        return List.copyOf(found);
    }
}
