package io.partd.arrow;

import io.partd.arrow.testing.Canonical;
import io.partd.arrow.testing.Describer;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.LeanCodecs;
import io.partd.arrow.testing.Node;
import io.partd.arrow.testing.RawStream;
import io.partd.arrow.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.DictionaryUtility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The npm package apache-arrow reads what is written here, and the reverse. Needs node, and what {@code npm ci}
 * installs in {@code src/test/node}; fails without them.
 */
@Tag("optional")
class NodeInteropTest {
    /** What apache-arrow 21.2.0 does not read, by the name in {@link EveryType}, and what it says. */
    private static final Map<String, String> REFUSED = Map.of(
            "list_view", "Unrecognized type",
            "large_list_view", "Unrecognized type",
            "run_end_encoded", "Unrecognized type");

    private static final int[] ROWS = {20, 0, 1, 9};
    private static final int ENTRIES = 5;

    private final BufferAllocator allocator = new RootAllocator();
    private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
    private final Random random = new Random(3);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        dictionaries.close();
        allocator.close();
    }

    static List<Field> supported() {
        return EveryType.fields().stream()
                .filter(field -> !REFUSED.containsKey(field.getName()))
                .toList();
    }

    static Stream<Field> refused() {
        return EveryType.fields().stream().filter(field -> REFUSED.containsKey(field.getName()));
    }

    /** How a stream comes about: batch by batch, as each step fills the root. */
    private byte[] stream(VectorSchemaRoot root, List<Runnable> batches, CodecType codec) throws IOException {
        CompressionCodec.Factory codecs = new LeanCodecs();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowStreamWriter writer = new ArrowStreamWriter(
                root, dictionaries, Channels.newChannel(bytes), IpcOption.DEFAULT, codecs, codec)) {
            writer.start();
            for (Runnable batch : batches) {
                batch.run();
                writer.writeBatch();
            }
            writer.end();
        }
        return bytes.toByteArray();
    }

    private List<Runnable> batches(VectorSchemaRoot root) {
        List<Runnable> batches = new ArrayList<>();
        for (int rows : ROWS) batches.add(() -> Samples.fill(root, rows, ENTRIES, random, allocator));
        return batches;
    }

    private void nodeReads(Schema schema, CodecType codec, String mode) throws Exception {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            nodeReads(root, batches(root), codec, mode);
        }
    }

    private void nodeReads(VectorSchemaRoot root, List<Runnable> batches, CodecType codec, String mode)
            throws Exception {
        Canonical expected = new Canonical(root.getSchema(), dictionaries);
        List<Runnable> steps = new ArrayList<>();
        for (Runnable batch : batches) {
            steps.add(() -> {
                batch.run();
                expected.add(root);
            });
        }
        byte[] stream = stream(root, steps, codec);
        assertEquals(expected.toString(), describe(stream, mode));
        assertEquals(expected.toString(), read(stream));
    }

    private String describe(byte[] stream, String mode) throws Exception {
        return Describer.describe(mode, Files.write(folder.resolve("stream"), stream));
    }

    private String read(byte[] stream) throws IOException {
        try (ArrowStreamReader reader = new ArrowStreamReader(
                new ByteArrayInputStream(stream), allocator, CommonsCompressionFactory.INSTANCE)) {
            return Canonical.of(reader).toString();
        }
    }

    @ParameterizedTest
    @MethodSource("supported")
    void nodeReads(Field field) throws Exception {
        nodeReads(new Schema(List.of(field)), CodecType.NO_COMPRESSION, "batches");
    }

    @ParameterizedTest
    @EnumSource(CodecType.class)
    void nodeReadsAllTypesAsOneTable(CodecType codec) throws Exception {
        nodeReads(new Schema(supported()), codec, "table");
    }

    /** If this fails the package has learned something: strike the type off the list. */
    @ParameterizedTest
    @MethodSource("refused")
    void nodeRefuses(Field field) throws Exception {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
            byte[] stream = stream(root, batches(root), CodecType.NO_COMPRESSION);
            Path file = Files.write(folder.resolve("stream"), stream);
            String refusal = Describer.refusal("batches", file);
            assertTrue(refusal.contains(REFUSED.get(field.getName())), refusal);
        }
    }

    @Test
    void nodeReadsMetadataAndRequiredFields() throws Exception {
        ArrowType text = new ArrowType.Utf8();
        Map<String, String> metadata = Map.of("b", "2", "a", "", "\u20ac", "\"");
        Field described = new Field("", new FieldType(false, text, null, metadata), null);
        nodeReads(
                new Schema(List.of(described, EveryType.leaf("n", text)), metadata), CodecType.NO_COMPRESSION, "table");
    }

    @Test
    void nodeReadsRowsWithoutColumns() throws Exception {
        nodeReads(new Schema(List.of()), CodecType.NO_COMPRESSION, "batches");
    }

    @Test
    void nodeReadsASchemaWithoutBatches() throws Exception {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(supported()), allocator)) {
            for (String mode : List.of("batches", "table")) nodeReads(root, List.of(), CodecType.NO_COMPRESSION, mode);
        }
    }

    /**
     * One dictionary shared by two columns, one with numbers, one within a list; each gets other entries before each
     * batch. (What goes wrong in the package: {@code memoize()} of a column of a table gives all batches the dictionary
     * of the first.)
     */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeReadsReplacedDictionaries(String mode) throws Exception {
        Field texts = encoded("texts", 1, new ArrowType.Int(8, true), new ArrowType.Utf8());
        Field again = encoded("again", 1, new ArrowType.Int(8, true), null);
        Field numbers = encoded("numbers", 2, new ArrowType.Int(32, false), new ArrowType.Int(64, true));
        Field list = EveryType.of(
                "list",
                new ArrowType.List(),
                encoded("item", 3, new ArrowType.Int(16, true), new ArrowType.Utf8View()));
        Schema schema = new Schema(List.of(texts, again, numbers, list));
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            List<Runnable> batches = new ArrayList<>();
            for (Runnable rows : batches(root)) {
                batches.add(() -> {
                    refillDictionaries();
                    rows.run();
                });
            }
            nodeReads(root, batches, CodecType.NO_COMPRESSION, mode);
        }
    }

    static List<String> modes() {
        return List.of("batches", "table");
    }

    /** A field with a dictionary; where the type of its entries is given, also the dictionary. */
    private Field encoded(String name, long id, ArrowType.Int index, ArrowType entries) {
        DictionaryEncoding encoding = new DictionaryEncoding(id, false, index);
        if (entries != null) {
            FieldVector vector = EveryType.leaf("entries", entries).createVector(allocator);
            dictionaries.put(new Dictionary(vector, encoding));
        }
        return new Field(name, new FieldType(true, index, encoding), null);
    }

    private void refillDictionaries() {
        for (long id : dictionaries.getDictionaryIds()) {
            FieldVector vector = dictionaries.lookup(id).getVector();
            try (ArrowRecordBatch entries = Samples.batch(List.of(vector.getField()), ENTRIES, 0, random, allocator)) {
                new VectorLoader(new VectorSchemaRoot(List.of(vector))).load(entries);
            }
        }
    }

    /**
     * What apache-arrow 21.2.0 writes and Arrow Java does not read, and what it says. The package writes the compressed
     * length of a buffer where the uncompressed one belongs (apache/arrow-js pull request 470); with LZ4 Arrow Java
     * does not look at it.
     */
    private static final Map<String, String> NOT_READ = Map.of(
            "decimal32", "only supports 128-bit and 256-bit decimal",
            "decimal64", "only supports 128-bit and 256-bit decimal",
            "zstd", "Destination buffer is too small");

    @TestFactory
    Stream<DynamicTest> whatNodeWritesIsRead() throws Exception {
        Node.run("write.mjs", folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> kinds = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".arrows"))
                    .map(name -> name.replace(".arrows", ""))
                    .sorted()
                    .toList();
            assertTrue(kinds.containsAll(NOT_READ.keySet()), () -> "kinds written: " + kinds);
            return kinds.stream().map(kind -> DynamicTest.dynamicTest(kind, () -> readsWhatNodeWrote(kind)));
        }
    }

    private void readsWhatNodeWrote(String kind) throws IOException {
        byte[] stream = Files.readAllBytes(folder.resolve(kind + ".arrows"));
        if (NOT_READ.containsKey(kind)) {
            String message =
                    assertThrows(RuntimeException.class, () -> read(stream)).getMessage();
            assertTrue(message.contains(NOT_READ.get(kind)), message);
        } else assertEquals(Files.readString(folder.resolve(kind + ".json")), read(stream));
    }

    /** Each batch comes after a delta to what the batches before it had. */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeReadsDeltas(String mode) throws Exception {
        Field field = encoded("texts", 1, new ArrowType.Int(8, true), new ArrowType.Utf8());
        Field entries = dictionaries.lookup(1).getVector().getField();
        RawStream stream = new RawStream().schema(messageSchema(field));
        for (int batch = 0; batch < 3; batch++) {
            stream.dictionary(1, samples(entries, ENTRIES, 0), batch > 0);
            stream.batch(samples(field, 10, ENTRIES * (batch + 1)));
        }
        byte[] bytes = stream.endOfStream().bytes();
        assertEquals(read(bytes), describe(bytes, mode));
    }

    /** Validity buffers are absent where nothing is null, and buffers are aligned to 8 bytes and no more. */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeReadsAbsentValidityBuffers(String mode) throws Exception {
        List<Field> fields = supported().stream().map(NodeInteropTest::required).toList();
        RawStream stream = new RawStream().schema(new Schema(fields));
        for (int rows : ROWS) stream.batch(Samples.batch(fields, rows, ENTRIES, random, allocator));
        byte[] bytes = stream.endOfStream().bytes();
        assertEquals(read(bytes), describe(bytes, mode));
    }

    private static Field required(Field field) {
        List<Field> children =
                field.getChildren().stream().map(NodeInteropTest::required).toList();
        boolean isNull = field.getType() instanceof ArrowType.Null;
        return new Field(field.getName(), new FieldType(isNull, field.getType(), null), children);
    }

    /** A schema that comes again, as where two whole streams were appended without their ends. */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeReadsOnWhereTheSchemaIsRepeated(String mode) throws Exception {
        byte[] bytes = twice(false);
        assertEquals(2 * ENTRIES, rows(describe(bytes, mode)));
    }

    /** Its reader goes on past an end-of-stream mark when asked to; tableFromIPC does not, and does not say so. */
    @Test
    void nodeReadsOnPastAnEndOfStreamOnlyBatchByBatch() throws Exception {
        byte[] bytes = twice(true);
        assertEquals(2 * ENTRIES, rows(describe(bytes, "batches")));
        assertEquals(ENTRIES, rows(describe(bytes, "table")));
    }

    private byte[] twice(boolean endOfStream) throws IOException {
        Field field = EveryType.leaf("text", new ArrowType.Utf8());
        RawStream stream = new RawStream();
        for (int i = 0; i < 2; i++) {
            stream.schema(new Schema(List.of(field))).batch(samples(field, ENTRIES, 0));
            if (endOfStream) stream.endOfStream();
        }
        return stream.bytes();
    }

    private static long rows(String document) {
        return document.lines().filter(line -> line.startsWith("[")).count();
    }

    /** Without an end-of-stream mark, as a value is to which more may be appended. */
    @ParameterizedTest
    @MethodSource("modes")
    void nodeNeedsNoEndOfStream(String mode) throws Exception {
        Field field = EveryType.leaf("text", new ArrowType.Utf8());
        byte[] bytes = new RawStream()
                .schema(new Schema(List.of(field)))
                .batch(samples(field, ENTRIES, 0))
                .bytes();
        assertEquals(read(bytes), describe(bytes, mode));
    }

    /** Why {@link LeanCodecs} are used: if this fails they are no longer needed. */
    @Test
    void nodeRefusesEmptyBuffersAsArrowCompressesThem() throws Exception {
        Field field = EveryType.leaf("text", new ArrowType.Utf8());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommonsCompressionFactory codecs = CommonsCompressionFactory.INSTANCE;
        try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(
                        root, null, Channels.newChannel(bytes), IpcOption.DEFAULT, codecs, CodecType.LZ4_FRAME)) {
            root.setRowCount(1);
            writer.writeBatch();
            writer.end();
        }
        Path file = Files.write(folder.resolve("stream"), bytes.toByteArray());
        String refusal = Describer.refusal("batches", file);
        assertTrue(refusal.contains("invalid magic number"), refusal);
    }

    private ArrowRecordBatch samples(Field field, int rows, int dictionarySize) {
        return Samples.batch(List.of(field), rows, dictionarySize, random, allocator);
    }

    private Schema messageSchema(Field field) {
        return new Schema(List.of(DictionaryUtility.toMessageFormat(field, dictionaries, new HashSet<>())));
    }
}
