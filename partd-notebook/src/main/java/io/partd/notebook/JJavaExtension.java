package io.partd.notebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Shows values and progress in JJava, which finds this by itself. Safe for several threads. */
public final class JJavaExtension implements Extension {
    /** Makes the extension. */
    public JJavaExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        Views.types().forEach(type -> register(kernel.getRenderer(), type));
        Notebook.isRun(new Display(kernel));
    }

    private static <T> void register(Renderer renderer, Class<T> type) {
        renderer.createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_PLAIN)
                .register((value, context) -> render(Views.of(type, value), context));
    }

    private static void render(View view, RenderContext context) {
        context.renderIfRequested(MIMEType.TEXT_HTML, view::html);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, view::text);
    }

    /** The output of the cell that runs. */
    private record Display(BaseKernel kernel) implements Notebook {
        @Override
        public void show(String id, View view) {
            DisplayData data = data(view);
            data.setDisplayId(id);
            kernel.getIO().display.display(data);
        }

        @Override
        public void update(String id, View view) {
            kernel.getIO().display.updateDisplay(id, data(view));
        }

        private static DisplayData data(View view) {
            DisplayData data = new DisplayData(view.text());
            data.putHTML(view.html());
            return data;
        }
    }
}
