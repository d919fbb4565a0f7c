package io.partd.cli.output;

import io.partd.cli.common.TextTable;
import io.partd.text.Text;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of a schema and their types, as a table of text. */
public final class ColumnTable {
    private ColumnTable() {}

    public static void print(Schema schema) {
        TextTable table = new TextTable("column", "type", "");
        for (Field field : schema.getFields()) table.row(Text.oneLine(field.getName()), type(field), notes(field));
        table.print();
    }

    private static String type(Field field) {
        String children = field.getChildren().isEmpty()
                ? ""
                : Text.oneLine(field.getChildren().toString());
        return field.getType() + children;
    }

    private static String notes(Field field) {
        String nullable = field.isNullable() ? "" : "not null";
        if (field.getDictionary() == null) return nullable;
        return nullable.isEmpty() ? "dictionary" : nullable + ", dictionary";
    }
}
