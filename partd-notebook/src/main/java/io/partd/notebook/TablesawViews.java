package io.partd.notebook;

import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.table.Relation;

/** What is shown of Tablesaw's tables; loaded only where Tablesaw is there. */
final class TablesawViews {
    private TablesawViews() {}

    static void addTo(Views views) {
        views.add(Relation.class, TablesawViews::of);
    }

    private static View of(Relation table) {
        List<Column<?>> columns = table.columns();
        TableGrid grid = new TableGrid(table.name() == null ? "" : table.name(), table.rowCount(), columns.size());
        for (Column<?> column : grid.shown(columns)) {
            grid.column(
                    column.name(),
                    column.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    column instanceof NumericColumn);
        }
        grid.rows((row, i) ->
                columns.get(i).isMissing(row) ? null : columns.get(i).getString(row));
        return grid.view();
    }
}
