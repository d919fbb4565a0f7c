package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.testing.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Looks at the streams that a store's keys hold, also with the eyes of Arrow's own reader. */
public final class Messages {
    private Messages() {}

    /** The types of a stream's messages, in order. */
    public static List<Byte> types(Bytes stream) {
        List<Byte> types = new ArrayList<>();
        MessageCursor cursor = new MessageCursor(stream, "a test");
        while (cursor.next()) types.add(cursor.message.headerType());
        return types;
    }

    /** Requires that a key's stream begins with a schema and has no other. */
    public static void requireOneSchema(Partd<Bytes> store, String key) {
        List<Byte> types = types(store.get(key));
        assertEquals(MessageHeader.Schema, types.get(0), key);
        assertEquals(1, Collections.frequency(types, MessageHeader.Schema), () -> key + " has schemas within");
    }

    /** All rows of a stream, read by Arrow itself. */
    public static List<List<Object>> readByArrow(Bytes stream, BufferAllocator allocator) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (ArrowStreamReader reader = new ArrowStreamReader(stream.newInputStream(), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) rows.addAll(Rows.of(root));
        }
        return rows;
    }
}
