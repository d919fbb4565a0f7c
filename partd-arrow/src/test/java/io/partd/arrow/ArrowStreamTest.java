package io.partd.arrow;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.SmallTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ArrowStreamTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void closes() {
        allocator.close();
    }

    /** What a store writes under a key: two batches, of the numbers 0 to 4 and their texts. */
    private ArrowStream stream() {
        try (Partd<Bytes> store = Partds.dict();
                ArrowPartd tables = ArrowPartd.over(store, allocator);
                VectorSchemaRoot first = SmallTables.numbersAndTexts(0, 3, allocator);
                VectorSchemaRoot second = SmallTables.numbersAndTexts(3, 5, allocator)) {
            tables.append("x", first);
            tables.append("x", second);
            return new ArrowStream(store.get("x"), "what was sent");
        }
    }

    private static List<String> names(VectorSchemaRoot root) {
        return root.getSchema().getFields().stream().map(Field::getName).toList();
    }

    @Test
    void tables() {
        try (VectorSchemaRoot all = stream().table(allocator);
                VectorSchemaRoot one = stream().table(allocator, "text")) {
            assertEquals(List.of("number", "text"), names(all));
            assertEquals(5, all.getRowCount());
            for (int i = 0; i < 5; i++) assertEquals(i, ((IntVector) all.getVector("number")).get(i));
            assertEquals(List.of("text"), names(one));
            assertEquals("text 4", one.getVector("text").getObject(4).toString());
        }
    }

    @Test
    void batches() throws IOException {
        try (ArrowReader reader = stream().reader(allocator, "number")) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertEquals(List.of("number"), names(root));
            assertTrue(reader.loadNextBatch());
            assertEquals(3, root.getRowCount());
            assertTrue(reader.loadNextBatch());
            assertEquals(3, ((IntVector) root.getVector("number")).get(0));
            assertFalse(reader.loadNextBatch());
        }
    }

    @Test
    void headers() {
        assertEquals(5, stream().rows());
        assertEquals(2, stream().schema().getFields().size());
    }

    @Test
    void streamsFollowEachOther() {
        Bytes twice = Bytes.concat(List.of(stream().bytes(), stream().bytes()));
        try (VectorSchemaRoot all = new ArrowStream(twice, "both").table(allocator)) {
            assertEquals(10, all.getRowCount());
        }
    }

    @Test
    void noBytes() throws IOException {
        ArrowStream none = new ArrowStream(Bytes.EMPTY, "nothing");
        assertEquals(0, none.rows());
        assertEquals(List.of(), none.schema().getFields());
        try (VectorSchemaRoot table = none.table(allocator, "number");
                ArrowReader reader = none.reader(allocator, "number")) {
            assertEquals(List.of(), names(table));
            assertFalse(reader.loadNextBatch());
        }
    }

    @Test
    void errorsNameTheStream() {
        byte[] stored = stream().bytes().toArray();
        ArrowStream cut = new ArrowStream(Bytes.of(Arrays.copyOf(stored, stored.length - 8)), "what was sent");
        String broken = assertThrows(CorruptPartdException.class, cut::rows).getMessage();
        assertTrue(broken.contains("what was sent"), broken);
        String absent = assertThrows(
                        IllegalArgumentException.class, () -> stream().table(allocator, "y"))
                .getMessage();
        assertTrue(absent.contains("what was sent") && absent.contains("\"y\""), absent);
    }
}
