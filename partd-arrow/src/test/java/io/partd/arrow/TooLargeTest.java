package io.partd.arrow;

import io.partd.Partds;
import io.partd.arrow.testing.EveryType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Keys that hold more than one table can: get says so, and names the column; a reader reads them. */
class TooLargeTest {
    private static final ArrowType.Null NULL = new ArrowType.Null();

    /** Appends the same rows so many times, and reads them. */
    private static void check(Field field, int rows, int times, Consumer<FieldVector> fill, String says)
            throws IOException {
        try (BufferAllocator allocator = new RootAllocator(1L << 30);
                ArrowPartd store = ArrowPartd.over(Partds.tempFile(), allocator)) {
            try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
                fill.accept(root.getVector(0));
                root.setRowCount(rows);
                for (int i = 0; i < times; i++) store.append("the key", root);
            }
            String message = assertThrows(IllegalArgumentException.class, () -> store.get("the key"))
                    .getMessage();
            for (String part : List.of("key \"the key\"", says, "reader(key)")) {
                assertTrue(message.contains(part), () -> part + " is not in: " + message);
            }
            long read = 0;
            try (ArrowReader reader = store.reader("the key")) {
                while (reader.loadNextBatch())
                    read += reader.getVectorSchemaRoot().getRowCount();
            }
            assertEquals((long) rows * times, read);
        }
    }

    @Test
    void moreRowsThanATableCanHold() throws IOException {
        check(EveryType.leaf("nothing", NULL), 1 << 30, 2, vector -> {}, "2147483648 rows");
    }

    @Test
    void moreRowsOfNoColumns() throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator)) {
            try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(), List.of(), 1 << 30)) {
                for (int i = 0; i < 2; i++) store.append("the key", root);
            }
            String message = assertThrows(IllegalArgumentException.class, () -> store.get("the key"))
                    .getMessage();
            assertTrue(message.contains("2147483648 rows"), message);
        }
    }

    @Test
    void moreListItemsThanOffsetsCount() throws IOException {
        Field field = EveryType.of("lists", new ArrowType.List(), EveryType.leaf("item", NULL));
        check(field, 1, 2, TooLargeTest::fillList, "\"item\"");
    }

    private static void fillList(FieldVector vector) {
        ListVector list = (ListVector) vector;
        list.allocateNew();
        list.startNewValue(0);
        list.endValue(0, 1 << 30);
    }

    @Test
    void moreValuesThanRunEndsCount() throws IOException {
        Field ends = EveryType.required("run_ends", new ArrowType.Int(16, true));
        Field values = EveryType.leaf("values", new ArrowType.Int(8, true));
        Field field = EveryType.of("runs", new ArrowType.RunEndEncoded(), ends, values);
        check(field, 20_000, 2, TooLargeTest::fillRuns, "column \"runs\"");
    }

    private static void fillRuns(FieldVector runs) {
        FieldVector ends = runs.getChildrenFromFields().get(0);
        FieldVector values = runs.getChildrenFromFields().get(1);
        for (FieldVector each : List.of(ends, values)) {
            each.setInitialCapacity(1);
            each.allocateNew();
            each.getValidityBuffer().setByte(0, 1);
        }
        ends.getDataBuffer().setShort(0, 20_000);
        values.getDataBuffer().setByte(0, 7);
        ends.setValueCount(1);
        values.setValueCount(1);
        runs.loadFieldBuffers(new ArrowFieldNode(20_000, 0), List.of());
    }

    @Tag("slow")
    @Test
    void moreTextThanOffsetsCount() throws IOException {
        int rows = 32;
        check(
                EveryType.leaf("text", new ArrowType.Utf8()),
                rows,
                65,
                vector -> fillText(vector, rows),
                "column \"text\"");
    }

    private static void fillText(FieldVector vector, int rows) {
        VarCharVector texts = (VarCharVector) vector;
        texts.allocateNew((long) rows << 20, rows);
        for (int row = 0; row < rows; row++) texts.set(row, new byte[1 << 20]);
    }
}
