package io.partd.notebook;

import io.partd.Progress;
import java.lang.System.Logger.Level;

/**
 * Shows the progress of work in the notebook; the library finds it by itself. It is made when a store is first asked
 * for, which is when it looks for IJava, which looks for nobody. Safe for several threads.
 */
public final class NotebookDisplay implements Progress.Display {
    private static final System.Logger LOG = System.getLogger("io.partd.notebook");
    private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

    private static final Progress NOWHERE = new Progress() {
        @Override
        public void add(long amount) {}

        @Override
        public void close() {}
    };

    /** Makes the display, and shows values richly if IJava is there. */
    public NotebookDisplay() {
        try {
            Class<?> ijava = Class.forName(IJAVA, false, NotebookDisplay.class.getClassLoader());
            Object kernel = ijava.getMethod("getKernelInstance").invoke(null);
            if (kernel != null) IJavaRenderers.addTo(kernel);
        } catch (ClassNotFoundException e) {
            LOG.log(Level.TRACE, "not in IJava");
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(Level.WARNING, "this IJava is not known, and values are shown as plain text", e);
        }
    }

    @Override
    public Progress begin(String what, String unit, long total) {
        Notebook notebook = Notebook.current();
        return notebook == null ? NOWHERE : new ShownProgress(notebook, what, unit, total);
    }
}
