package io.partd.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

/** Shows values and progress in IJava, and in kernels on its base library; loaded only where that is there. */
final class IJavaRenderers {
    private IJavaRenderers() {}

    static void addTo(Object kernel) {
        BaseKernel base = (BaseKernel) kernel;
        Views.types().forEach(type -> register(base.getRenderer(), type));
        Notebook.isRun(new Display(base));
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
