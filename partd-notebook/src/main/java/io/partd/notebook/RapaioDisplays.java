package io.partd.notebook;

import java.util.ArrayList;
import java.util.List;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Shows values and progress in rapaio's kernel, which finds this by itself. Safe for several threads. */
public final class RapaioDisplays implements DisplayProvider {
    private static final String TEXT = "text/plain";
    private static final String HTML = "text/html";

    /** Makes the provider. */
    public RapaioDisplays() {}

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        Notebook.isRun(new Display());
        List<DisplayRenderer> renderers = new ArrayList<>();
        for (Class<?> type : Views.types()) renderers.add(new Renderer(type));
        return renderers;
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private static DisplayData data(View view, String mime) {
        if (TEXT.equals(mime)) return DisplayData.fromText(view.text());
        DisplayData data = DisplayData.fromHtml(view.html());
        data.putText(view.text());
        return data;
    }

    /** Shows values of one type. */
    private record Renderer(Class<?> rendererClass) implements DisplayRenderer {
        @Override
        public boolean canRender(String mime) {
            return mime == null || mime.equals(HTML) || mime.equals(TEXT);
        }

        @Override
        public DisplayData render(String mime, Object value) {
            return data(Views.of(rendererClass, value), mime);
        }
    }

    /** The output of the cell that runs. */
    private record Display() implements Notebook {
        @Override
        public void show(String id, View view) {
            DisplayData data = data(view, null);
            data.setDisplayId(id);
            MainApp.kernel.display(data);
        }

        @Override
        public void update(String id, View view) {
            DisplayData data = data(view, null);
            data.setDisplayId(id);
            MainApp.kernel.updateDisplay(data);
        }
    }
}
