package io.partd.cli.output;

import io.partd.arrow.text.TypeText;
import io.partd.cli.common.Json;
import io.partd.cli.common.TextTable;
import io.partd.text.Text;
import java.util.List;
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

    /** The same for programs. */
    public static List<Json> json(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new Json()
                        .put("name", field.getName())
                        .put("type", TypeText.of(field))
                        .put("nullable", field.isNullable()))
                .toList();
    }
}
