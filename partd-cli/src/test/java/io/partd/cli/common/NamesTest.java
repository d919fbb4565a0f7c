package io.partd.cli.common;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class NamesTest {
    @Test
    void lists() {
        assertEquals(List.of("a"), Names.list("a"));
        assertEquals(List.of("a", "b c", "d\"e"), Names.list("a,b c,d\"e"));
        assertEquals(List.of("a,b", "", "c\"d", "e"), Names.list("\"a,b\",\"\",\"c\"\"d\",e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", ",a", "a,,b", "\"a", "\"a\"b", "\"a\"\""})
    void noLists(String text) {
        assertThrows(IllegalArgumentException.class, () -> Names.list(text));
    }

    @Test
    void columns() {
        Schema schema = new Schema(List.of(field("origin"), field("delay"), field("twice"), field("twice")));
        assertEquals("delay", Names.column(schema, "delay").getName());
        assertEquals("there is no column \"dlay\": did you mean \"delay\"?", message(schema, "dlay"));
        assertEquals("there are 2 columns \"twice\"", message(schema, "twice"));
        assertEquals(
                "there is no column \"x\": there are \"origin\", \"delay\", \"twice\", \"twice\"",
                message(schema, "x"));
    }

    private static String message(Schema schema, String name) {
        return assertThrows(Failure.class, () -> Names.column(schema, name)).getMessage();
    }

    private static Field field(String name) {
        return Field.nullable(name, ArrowType.Bool.INSTANCE);
    }
}
