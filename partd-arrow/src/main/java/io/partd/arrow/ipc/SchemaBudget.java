package io.partd.arrow.ipc;

import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;

/**
 * Adds up what a schema message takes once it is decoded, before it is: its tables may point to each other and share
 * their texts, and its vectors claim any length, so that few bytes could stand for more than there is memory.
 */
final class SchemaBudget {
    /** Deeper nesting is taken for an attack. */
    private static final int MAX_DEPTH = 64;
    /** How many bytes one byte of a message may stand for: texts that are shared honestly stay far below. */
    private static final int TIMES = 64;
    /** In bytes, with what belongs to it. */
    private static final int FIELD = 512;

    private static final int ENTRY = 64;

    private long left;

    /** The message has that many bytes. */
    SchemaBudget(long bytes) {
        left = bytes * TIMES;
    }

    void spend(Schema schema) {
        for (int i = 0; i < schema.customMetadataLength(); i++) spend(schema.customMetadata(i));
        for (int i = 0; i < schema.fieldsLength(); i++) spend(schema.fields(i), 0);
    }

    private void spend(Field field, int depth) {
        if (depth > MAX_DEPTH) throw new IllegalArgumentException("its fields are nested too deep");
        spend(FIELD);
        spend(field.nameAsByteBuffer());
        if (field.typeType() == Type.Union) spend(4L * ((Union) field.type(new Union())).typeIdsLength());
        if (field.typeType() == Type.Timestamp) spend(((Timestamp) field.type(new Timestamp())).timezoneAsByteBuffer());
        for (int i = 0; i < field.customMetadataLength(); i++) spend(field.customMetadata(i));
        for (int i = 0; i < field.childrenLength(); i++) spend(field.children(i), depth + 1);
    }

    private void spend(KeyValue entry) {
        spend(ENTRY);
        spend(entry.keyAsByteBuffer());
        spend(entry.valueAsByteBuffer());
    }

    private void spend(ByteBuffer text) {
        if (text != null) spend(text.remaining());
    }

    private void spend(long bytes) {
        left -= bytes;
        if (left < 0) throw new IllegalArgumentException("its fields and texts are more than its bytes can hold");
    }
}
