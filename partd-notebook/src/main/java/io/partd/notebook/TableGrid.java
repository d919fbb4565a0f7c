package io.partd.notebook;

import io.partd.notebook.Grid.Kind;
import io.partd.text.Text;
import java.util.List;

/** The first rows and columns of a table. */
final class TableGrid {
    private static final int MOST_ROWS = 10;
    private static final int MOST_COLUMNS = 30;
    private static final int CELL_WIDTH = 60;

    private final Grid grid;
    private final long rows;
    private final int columns;

    /** Gives the text of a cell, or null where it has no value. */
    interface Cells {
        String text(int row, int column);
    }

    /** @param name the table's, or an empty text */
    TableGrid(String name, long rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.grid = new Grid((name.isEmpty() ? "" : cut(name) + ": ") + Text.count(rows, "row") + ", "
                + Text.count(columns, "column"));
    }

    /** Those of the columns that there is room for. */
    <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(all.size(), MOST_COLUMNS));
    }

    void column(String name, String type, boolean number) {
        grid.column(cut(name), type, number ? Kind.NUMBER : Kind.TEXT);
    }

    void rows(Cells cells) {
        int width = Math.min(columns, MOST_COLUMNS);
        for (int row = 0; row < Math.min(rows, MOST_ROWS) && width > 0; row++) {
            String[] line = new String[width];
            for (int i = 0; i < width; i++) {
                String text = cells.text(row, i);
                line[i] = text == null ? null : cut(text);
            }
            grid.row(line);
        }
    }

    View view() {
        String more = rows > MOST_ROWS ? "the first " + MOST_ROWS + " rows" : "";
        if (columns > MOST_COLUMNS) {
            more += (more.isEmpty() ? "the first " : " and the first ") + MOST_COLUMNS + " columns";
        }
        return grid.note(more).view();
    }

    static String cut(String text) {
        return Text.line(text, CELL_WIDTH);
    }
}
