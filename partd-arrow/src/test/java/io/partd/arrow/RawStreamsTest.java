package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.RawStream;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Samples;
import io.partd.arrow.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Streams that others wrote, appended as raw bytes, are read as tables and batch by batch. */
class RawStreamsTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 60);
    private static final ArrowType.Int INDEX = new ArrowType.Int(8, true);
    private static final int ENTRIES = 4;
    private static final int ROWS = 9;

    private final BufferAllocator allocator = new RootAllocator();
    private Random random = new Random(7);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        allocator.close();
    }

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    static List<Field> types() {
        return EveryType.fields();
    }

    private Partd<Bytes> store() {
        return random.nextBoolean() ? Partds.dict() : Partds.file(directory.resolve("store"));
    }

    /** Appends the bytes in pieces that are cut anywhere. */
    private void appendRaw(Partd<Bytes> store, byte[] stream) {
        int at = 0;
        while (at < stream.length) {
            int end = random.nextBoolean() ? stream.length : at + 1 + random.nextInt(stream.length - at);
            store.append("key", Bytes.of(Arrays.copyOfRange(stream, at, end)));
            at = end;
        }
    }

    private void assertRead(byte[] stream, List<List<Object>> expected, String what) throws IOException {
        try (Partd<Bytes> store = store();
                ArrowPartd tables = ArrowPartd.over(store, allocator)) {
            appendRaw(store, stream);
            assertRead(tables, expected, what);
        }
    }

    private static void assertRead(ArrowPartd tables, List<List<Object>> expected, String what) throws IOException {
        try (VectorSchemaRoot root = tables.get("key")) {
            assertRows(
                    root.getSchema(),
                    RandomRoundTripTest.withoutNullTags(expected),
                    RandomRoundTripTest.withoutNullTags(Rows.of(root)),
                    what);
        }
        List<List<Object>> rows = new ArrayList<>();
        try (ArrowReader reader = tables.reader("key")) {
            while (reader.loadNextBatch()) rows.addAll(Rows.of(reader.getVectorSchemaRoot(), reader));
        }
        assertRows(tables.schema("key"), expected, rows, what);
    }

    private static void assertRows(Schema schema, List<List<Object>> expected, List<List<Object>> actual, String what) {
        assertEquals("", Rows.describeDifference(schema, expected, actual), what);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wholeStreamsOneAfterTheOther(long seed) throws IOException {
        random = new Random(seed);
        try (RandomTable table = new RandomTables(seed, allocator).next()) {
            byte[] stream = Streams.write(table);
            int times = 1 + random.nextInt(3);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                boolean withEnd = random.nextBoolean();
                all.write(stream, 0, withEnd ? stream.length : stream.length - 8);
                rows.addAll(table.rows());
            }
            assertRead(all.toByteArray(), rows, table.toString());
        }
    }

    /** As a reader is told by the format: absent validity buffers, and null counts that are not known. */
    @ParameterizedTest
    @MethodSource("types")
    void unknownNullCounts(Field field) throws IOException {
        RawStream stream = new RawStream().schema(new Schema(List.of(field)));
        List<List<Object>> rows = new ArrayList<>();
        for (int count : new int[] {ROWS, 0, 1}) {
            try (ArrowRecordBatch batch = samples(field, count, 0)) {
                rows.addAll(rows(field, batch));
                stream.batch(withoutNullCounts(batch));
            }
        }
        assertRead(stream.bytes(), rows, field.toString());
    }

    private static ArrowRecordBatch withoutNullCounts(ArrowRecordBatch batch) {
        List<ArrowFieldNode> nodes = batch.getNodes().stream()
                .map(node -> new ArrowFieldNode(node.getLength(), -1))
                .toList();
        return new ArrowRecordBatch(
                batch.getLength(),
                nodes,
                batch.getBuffers(),
                batch.getBodyCompression(),
                batch.getVariadicBufferCounts(),
                false);
    }

    private ArrowRecordBatch samples(Field field, int rows, int entries) {
        return Samples.batch(List.of(field), rows, entries, random, allocator);
    }

    private List<List<Object>> rows(Field field, ArrowRecordBatch batch) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
            new VectorLoader(root).load(batch);
            return Rows.of(root);
        }
    }

    /** Arrow Java's vector of a sparse union, and so a dictionary of one, forgets the type ids. */
    static Stream<Field> typesThatVectorsKnow() {
        return EveryType.fields().stream().filter(field -> !field.getName().equals("sparse_union"));
    }

    /** A dictionary of each type that is extended, replaced, and extended again. */
    @ParameterizedTest
    @MethodSource("typesThatVectorsKnow")
    void deltasAndReplacements(Field values) throws IOException {
        Field entries = new Field(values.getName(), FieldType.nullable(values.getType()), values.getChildren());
        Field encoded = encoded("column", 1);
        RawStream stream = new RawStream().schema(inMessages(encoded, entries, null));
        List<List<Object>> rows = new ArrayList<>();
        List<Object> known = new ArrayList<>();
        for (boolean delta : new boolean[] {false, true, true, false, true}) {
            if (!delta) known.clear();
            known.addAll(addDictionary(stream, 1, entries, delta));
            for (int count : new int[] {ROWS, 1}) addIndices(stream, encoded, count, known, rows);
        }
        assertRead(stream.bytes(), rows, values.toString());
    }

    /** Writes entries, and returns them. */
    private List<Object> addDictionary(RawStream stream, long id, Field entries, boolean delta) throws IOException {
        ArrowRecordBatch batch = samples(entries, ENTRIES, 0);
        List<Object> added = new ArrayList<>();
        for (List<Object> row : rows(entries, batch)) added.add(row.get(0));
        stream.dictionary(id, batch, delta);
        return added;
    }

    private void addIndices(RawStream stream, Field encoded, int count, List<Object> known, List<List<Object>> rows)
            throws IOException {
        Field plain = Field.nullable(encoded.getName(), INDEX);
        try (ArrowRecordBatch batch = samples(encoded, count, known.size())) {
            for (List<Object> row : rows(plain, batch)) rows.add(Arrays.asList(entry(row.get(0), known)));
            stream.batch(copy(batch));
        }
    }

    private static Object entry(Object index, List<Object> known) {
        return index == null ? null : known.get(((Long) index).intValue());
    }

    private static ArrowRecordBatch copy(ArrowRecordBatch batch) {
        return new ArrowRecordBatch(batch.getLength(), batch.getNodes(), batch.getBuffers());
    }

    /** A dictionary of lists whose items are encoded with another, both extended. */
    @Test
    void deltasOfADictionaryInADictionary() throws IOException {
        Field texts = EveryType.leaf("item", new ArrowType.Utf8());
        Field lists = EveryType.of("column", new ArrowType.List(), encoded("item", 2));
        Field plainLists = EveryType.of("column", new ArrowType.List(), Field.nullable("item", INDEX));
        Field encoded = encoded("column", 1);
        RawStream stream = new RawStream().schema(inMessages(encoded, lists, texts));
        List<List<Object>> rows = new ArrayList<>();
        List<Object> words = new ArrayList<>();
        List<Object> known = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            words.addAll(addDictionary(stream, 2, texts, i > 0));
            ArrowRecordBatch batch = samples(lists, ENTRIES, words.size());
            for (List<Object> row : rows(plainLists, batch)) {
                List<?> indices = (List<?>) row.get(0);
                known.add(
                        indices == null
                                ? null
                                : indices.stream()
                                        .map(index -> entry(index, words))
                                        .collect(Collectors.toList()));
            }
            stream.dictionary(1, batch, i > 0);
            addIndices(stream, encoded, ROWS, known, rows);
        }
        assertFalse(rows.stream().allMatch(row -> row.get(0) == null));
        assertRead(stream.bytes(), rows, "lists of texts");
    }

    private static Field encoded(String name, long id) {
        return new Field(name, new FieldType(true, INDEX, new DictionaryEncoding(id, false, INDEX)), null);
    }

    /** The form that messages have, made by hand: Arrow Java forgets the type ids of sparse unions. */
    private static Schema inMessages(Field column, Field first, Field second) {
        List<Field> children = first.getChildren().stream()
                .map(child -> child.getDictionary() == null ? child : withType(child, second, second.getChildren()))
                .toList();
        return new Schema(List.of(withType(column, first, children)));
    }

    private static Field withType(Field encoded, Field entries, List<Field> children) {
        return new Field(encoded.getName(), new FieldType(true, entries.getType(), encoded.getDictionary()), children);
    }

    /** By ArrowStreamWriter, several streams under one key. */
    @ParameterizedTest
    @MethodSource("types")
    void arrowsOwnStreams(Field field) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<List<Object>> rows = new ArrayList<>();
        for (int times = 0; times < 3; times++) {
            try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator);
                    ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
                for (int count : new int[] {ROWS, 0, 3}) {
                    Samples.fill(root, count, 0, random, allocator);
                    rows.addAll(Rows.of(root));
                    writer.writeBatch();
                }
            }
        }
        assertRead(bytes.toByteArray(), rows, field.toString());
    }
}
