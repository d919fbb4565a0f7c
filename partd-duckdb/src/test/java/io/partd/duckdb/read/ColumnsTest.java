package io.partd.duckdb.read;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ColumnsTest {
    @Test
    void columns() {
        Schema schema = new Schema(List.of(field("origin"), field("delay"), field("twice"), field("twice")));
        assertEquals("delay", Columns.require(schema, "delay").getName());
        assertEquals("there is no column \"dlay\": did you mean \"delay\"?", message(schema, "dlay"));
        assertEquals("there are 2 columns \"twice\"", message(schema, "twice"));
        assertEquals(
                "there is no column \"x\": there are \"origin\", \"delay\", \"twice\", \"twice\"",
                message(schema, "x"));
    }

    private static String message(Schema schema, String name) {
        return assertThrows(IllegalArgumentException.class, () -> Columns.require(schema, name))
                .getMessage();
    }

    private static Field field(String name) {
        return Field.nullable(name, ArrowType.Bool.INSTANCE);
    }
}
