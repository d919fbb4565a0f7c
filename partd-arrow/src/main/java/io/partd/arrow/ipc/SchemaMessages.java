package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;

/** Decodes schema messages, whose bytes are not trusted. */
public final class SchemaMessages {

    private static final int MAX_CACHED = 1_000;
    private static final int MAX_CACHED_BYTES = 64 << 10;
    /** What was decoded before, by the message's metadata: many keys begin with the same. */
    private static final Map<ByteBuffer, TableSchema> CACHE = new ConcurrentHashMap<>();

    private SchemaMessages() {}

    /**
     * The schema that a stream begins with; the empty one where there are no bytes. The name is for errors.
     *
     * @throws CorruptPartdException if it does not begin with one
     */
    public static TableSchema read(Bytes stream, String name) {
        MessageCursor cursor = new MessageCursor(stream, name);
        return cursor.next() ? read(cursor) : TableSchema.EMPTY;
    }

    /**
     * The schema that the cursor's message holds.
     *
     * @throws CorruptPartdException if it does not hold one
     */
    static TableSchema read(MessageCursor cursor) {
        TableSchema known = CACHE.get(cursor.metadata);
        if (known != null) return known;
        TableSchema decoded = decode(cursor);
        if (cursor.metadata.remaining() <= MAX_CACHED_BYTES && canBeCached(decoded.schema.getFields())) {
            if (CACHE.size() >= MAX_CACHED) CACHE.clear();
            ByteBuffer copy = ByteBuffer.allocate(cursor.metadata.remaining());
            CACHE.put(copy.put(cursor.metadata.duplicate()).flip(), decoded);
        }
        return decoded;
    }

    /** What an extension type is decoded to depends on what is registered now. */
    private static boolean canBeCached(List<org.apache.arrow.vector.types.pojo.Field> fields) {
        return fields.stream()
                .allMatch(field -> !field.getMetadata().containsKey(ExtensionType.EXTENSION_METADATA_KEY_NAME)
                        && canBeCached(field.getChildren()));
    }

    private static TableSchema decode(MessageCursor cursor) {
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
