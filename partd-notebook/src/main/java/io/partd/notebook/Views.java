package io.partd.notebook;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.notebook.Grid.Kind;
import io.partd.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is shown of which type. Immutable once made, and safe for several threads. */
final class Views {
    private static final Views ALL = new Views();

    private final Map<Class<?>, Function<Object, View>> views = new LinkedHashMap<>();
    private PartdView.Rows rows = (store, key) -> PartdView.Rows.UNKNOWN;

    private Views() {
        add(Partd.class, store -> new PartdView(store, rows).view());
        add(Bytes.class, BytesView::of);
        add(FileOptions.class, Views::of);
        add(FilePartd.Stats.class, Views::of);
        if (isThere("io.partd.arrow.ArrowPartd")) ArrowViews.addTo(this);
        if (isThere("tech.tablesaw.table.Relation")) TablesawViews.addTo(this);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Views.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    <T> void add(Class<T> type, Function<? super T, View> view) {
        views.put(type, value -> view.apply(type.cast(value)));
    }

    void countRows(PartdView.Rows counter) {
        rows = counter;
    }

    /** The types that something is shown of; all but the store are classes. */
    static Set<Class<?>> types() {
        return ALL.views.keySet();
    }

    /** What is shown of a value, as of one of the {@link #types}; where that fails, why. */
    static View of(Class<?> type, Object value) {
        try {
            return ALL.views.get(type).apply(value);
        } catch (RuntimeException e) {
            // A cell that only wants to look at something, closed or broken, does not fail for that.
            return View.failure(value, e);
        }
    }

    private static View of(FileOptions options) {
        return new Grid("how the store writes")
                .column("option", Kind.TEXT)
                .column("", Kind.TEXT)
                .row("fsync", options.fsync() ? "on each append" : "at flush")
                .row("segmentBytes", Text.count(options.segmentBytes()))
                .view();
    }

    private static View of(FilePartd.Stats stats) {
        int chunks = stats.chunksPerKey().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return new Grid("the store's files")
                .column("figure", Kind.TEXT)
                .column("", Kind.NUMBER)
                .row("keys", Text.count(stats.chunksPerKey().size()))
                .row("chunks", Text.count(chunks))
                .row("bytes of values", Text.bytes(stats.liveBytes()))
                .row("bytes of deleted values", Text.bytes(stats.deadBytes()))
                .row("bytes of files", Text.bytes(stats.fileBytes()))
                .row("segments", Text.count(stats.segments()))
                .view();
    }
}
