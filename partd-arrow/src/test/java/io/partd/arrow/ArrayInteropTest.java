package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.testing.ArraySamples;
import java.io.IOException;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Arrays are tables of one column, for Arrow's own reader and for ArrowPartd, and such tables are arrays. */
class ArrayInteropTest {
    static List<ArraySamples.Type<?>> types() {
        return ArraySamples.types();
    }

    @AfterEach
    void nothingLeaks() {
        assertEquals(0, SharedAllocator.get().getAllocatedMemory());
    }

    /** What Arrow Java makes of an element. */
    private static Object inArrow(Object element) {
        if (element instanceof String text) return new Text(text);
        if (element instanceof Instant instant) return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
        if (element instanceof LocalDate date) return (int) date.toEpochDay();
        if (element == null || !element.getClass().isArray()) return element;
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < Array.getLength(element); i++) row.add(inArrow(Array.get(element, i)));
        return element instanceof byte[] ? ArraySamples.contents(element) : row;
    }

    private static Object fromArrow(Object element) {
        return element instanceof byte[] bytes ? ArraySamples.contents(bytes) : element;
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void arrowReadsThem(ArraySamples.Type<A> type) throws IOException {
        A first = type.random(50, 2, new Random(1));
        A second = type.random(9, 2, new Random(2));
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), bytes);
                BufferAllocator allocator = new RootAllocator()) {
            arrays.append("a", first);
            arrays.append("a", second);
            try (ArrowStreamReader stream = new ArrowStreamReader(bytes.get("a").newInputStream(), allocator)) {
                for (A array : List.of(first, second)) requireNext(stream, array);
                assertEquals(false, stream.loadNextBatch());
            }
        }
    }

    private static void requireNext(ArrowStreamReader stream, Object array) throws IOException {
        assertEquals(true, stream.loadNextBatch());
        FieldVector column = stream.getVectorSchemaRoot().getVector("value");
        assertEquals(Array.getLength(array), column.getValueCount());
        for (int i = 0; i < column.getValueCount(); i++) {
            assertEquals(inArrow(Array.get(array, i)), fromArrow(column.getObject(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void tablesAreArraysAndArraysAreTables(ArraySamples.Type<A> type) {
        A first = type.random(100, 4, new Random(3));
        A second = type.random(30, 4, new Random(4));
        List<Object> expected = ArraySamples.contents(first);
        expected.addAll(ArraySamples.contents(second));
        expected.addAll(ArraySamples.contents(first));
        for (CodecType codec : new CodecType[] {CodecType.NO_COMPRESSION, CodecType.LZ4_FRAME, CodecType.ZSTD}) {
            Partd<Bytes> bytes = dict();
            try (BufferAllocator allocator = new RootAllocator();
                    ArrayPartd<A> arrays = ArrayPartd.over(type.type(), bytes);
                    ArrowPartd tables = ArrowPartd.over(
                            bytes, allocator, ArrowOptions.defaults().withCompression(codec))) {
                arrays.append("a", first);
                try (VectorSchemaRoot table = tables.get("a")) {
                    tables.append("b", table);
                    arrays.append("b", second);
                    tables.append("b", table);
                    tables.append("a", table);
                }
                assertEquals(expected, ArraySamples.contents(arrays.get("b")), codec::toString);
                assertEquals(200, Array.getLength(arrays.get("a")));
            }
        }
    }

    @Test
    void aColumnOfAnotherNameIsReadAndNotAppendedTo() {
        Partd<Bytes> bytes = dict();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(bytes, allocator);
                Float8Vector column = new Float8Vector("price", allocator);
                ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, bytes)) {
            column.allocateNew(1);
            column.set(0, -0.0);
            column.setValueCount(1);
            tables.append("a", VectorSchemaRoot.of(column));
            assertArrayEquals(new double[] {-0.0}, arrays.get("a"));
            assertEquals(
                    "key \"a\" holds double[] (price: FloatingPoint(DOUBLE)) and is given double[]"
                            + " (value: FloatingPoint(DOUBLE)): append what it holds, or use another key",
                    assertThrows(IllegalArgumentException.class, () -> arrays.append("a", new double[1]))
                            .getMessage());
        }
    }

    @Test
    void aBatchThatIsTooLargeToBeReadAtOnce() {
        int rows = 9_000_000;
        Partd<Bytes> bytes = dict();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(bytes, allocator);
                Float8Vector column = new Float8Vector("value", allocator);
                ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, bytes)) {
            column.allocateNew(rows);
            for (int i = 0; i < rows; i++) column.set(i, i);
            column.setValueCount(rows);
            tables.append("a", VectorSchemaRoot.of(column));
            column.clear();
            double[] read = arrays.get("a");
            assertEquals(rows, read.length);
            for (int i = 0; i < rows; i++) assertEquals(i, read[i]);
            assertEquals(1, arrays.stream("a").count());
        }
    }
}
