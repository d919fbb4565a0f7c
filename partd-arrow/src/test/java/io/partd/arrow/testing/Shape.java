package io.partd.arrow.testing;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A schema and the dictionaries that its fields name, those that others build on first. */
public record Shape(Schema schema, List<Dict> dictionaries) {
    /** A dictionary: how indexes into it are stored, and the field of its values. */
    public record Dict(DictionaryEncoding encoding, Field values) {
        long id() {
            return encoding.getId();
        }
    }

    public static Shape of(Field... fields) {
        return new Shape(new Schema(List.of(fields)), List.of());
    }

    /** The type that a field's buffers have: an extension type's storage, else the type itself. */
    static ArrowType storage(Field field) {
        return field.getType() instanceof ArrowType.ExtensionType extension ? extension.storageType() : field.getType();
    }

    Dict dictionary(long id) {
        return dictionaries.stream().filter(dict -> dict.id() == id).findFirst().orElseThrow();
    }
}
