package io.partd.cli.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class KeySizeTest {
    private static Bytes stream(int... batches) {
        try (Partd<Bytes> store = Partds.dict();
                BufferAllocator allocator = new RootAllocator();
                IntVector vector = new IntVector("n", allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector))) {
            ArrowPartd tables = ArrowPartd.over(store, allocator);
            for (int rows : batches) {
                for (int i = 0; i < rows; i++) vector.setSafe(i, i);
                root.setRowCount(rows);
                tables.append("key", root);
            }
            return store.get("key");
        }
    }

    @Test
    void rowsOfAllBatches() {
        assertEquals(0, KeySize.rows(Bytes.EMPTY));
        assertEquals(0, KeySize.rows(stream(0)));
        assertEquals(1234, KeySize.rows(stream(1000, 200, 34)));
    }

    @Test
    void howTheBytesAreSplitMakesNoDifference() {
        byte[] all = stream(7, 5).toArray();
        for (int length : new int[] {1, 3, 100, 1000}) {
            List<Bytes> parts = java.util.stream.IntStream.iterate(0, at -> at < all.length, at -> at + length)
                    .mapToObj(at -> Bytes.of(Arrays.copyOfRange(all, at, Math.min(all.length, at + length))))
                    .toList();
            assertEquals(12, KeySize.rows(Bytes.concat(parts)));
        }
    }

    @Test
    void endMarksAreSkipped() {
        byte[] mark = {-1, -1, -1, -1, 0, 0, 0, 0};
        Bytes both = Bytes.concat(List.of(stream(3), Bytes.of(mark), stream(4), Bytes.of(mark)));
        assertEquals(7, KeySize.rows(both));
    }

    @Test
    void otherBytesHaveNone() {
        assertEquals(KeySize.NO_TABLE, KeySize.rows(Bytes.utf8("x")));
        assertEquals(KeySize.NO_TABLE, KeySize.rows(Bytes.utf8("some text that is long enough")));
        byte[] hostile = {-1, -1, -1, -1, 16, 0, 0, 0, -1, -1, -1, 127, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        assertEquals(KeySize.NO_TABLE, KeySize.rows(Bytes.of(hostile)));
        byte[] all = stream(9).toArray();
        for (int length = 1; length < all.length; length++) {
            long rows = KeySize.rows(Bytes.of(Arrays.copyOf(all, length)));
            // The schema by itself is a whole stream.
            assertEquals(true, rows == KeySize.NO_TABLE || rows == 0, "cut at " + length);
        }
    }
}
