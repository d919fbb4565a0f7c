package io.partd.arrow;

import io.partd.CorruptPartdException;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;

/** Decodes schema messages, whose bytes are not trusted. */
final class SchemaMessages {

    private SchemaMessages() {}

    /**
     * The schema that the cursor's message holds.
     *
     * @throws CorruptPartdException if it does not hold one
     */
    static TableSchema read(MessageCursor cursor) {
        if (cursor.type != MessageHeader.Schema) {
            throw cursor.corrupt("expected a schema first, and found a message of type " + cursor.type);
        }
        return cursor.decode(() -> {
            Schema schema = (Schema) cursor.message.header(new Schema());
            new SchemaBudget(cursor.bodyStart - cursor.start).spend(schema);
            return new TableSchema(org.apache.arrow.vector.types.pojo.Schema.convertSchema(schema));
        });
    }
}
