package io.partd.cli.output;

import io.partd.arrow.text.TypeText;
import io.partd.cli.common.TextTable;
import io.partd.text.Text;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of a schema and their types, as a table of text. */
public final class ColumnTable {
    private ColumnTable() {}

    public static void print(Schema schema) {
        TextTable table = new TextTable("column", "type", "");
        for (Field field : schema.getFields()) {
            String notes = field.isNullable() ? "" : "not null";
            table.row(Text.oneLine(field.getName()), Text.oneLine(TypeText.of(field)), notes);
        }
        table.print();
    }
}
