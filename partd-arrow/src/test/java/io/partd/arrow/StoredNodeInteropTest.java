package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.Canonical;
import io.partd.arrow.testing.Describer;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.Node;
import io.partd.arrow.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The bytes under a key are a stream that the npm package apache-arrow and Arrow Java read, and streams that the
 * package wrote are read where they are appended as bytes. Needs node, and what {@code npm ci} installs.
 */
@Tag("optional")
class StoredNodeInteropTest {
    private static final int ENTRIES = 6;
    private static final int[] ROWS = {20, 1, 130};
    private static final ArrowType.Int INDEX = new ArrowType.Int(16, true);

    /**
     * What Arrow Java has no vectors for, and what the package compresses: it writes the compressed length of a buffer
     * where the uncompressed one belongs, of which {@link NodeInteropTest} has more.
     */
    private static final Map<String, String> NOT_READ = Map.of(
            "decimal32", "only supports 128-bit and 256-bit decimal",
            "decimal64", "only supports 128-bit and 256-bit decimal",
            "lz4", "cannot be decompressed",
            "zstd", "cannot be decompressed");

    private final BufferAllocator allocator = new RootAllocator();
    private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
    private final Random random = new Random(11);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        dictionaries.close();
        allocator.close();
    }

    static List<Field> supported() {
        return NodeInteropTest.supported();
    }

    /** Appends several tables of the fields, and compares what node, Arrow Java and the store make of them. */
    private void assertReadByOthers(List<Field> fields, CodecType codec) throws Exception {
        ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
        try (Partd<Bytes> bytes = Partds.file(folder.resolve("store"));
                ArrowPartd store = ArrowPartd.over(bytes, allocator, options);
                VectorSchemaRoot root =
                        VectorSchemaRoot.create(new Schema(fields, Map.of("of", "the schema")), allocator)) {
            Canonical expected = new Canonical(root.getSchema(), dictionaries);
            for (int rows : ROWS) {
                Samples.fill(root, rows, ENTRIES, random, allocator);
                store.append("key", root, dictionaries);
                expected.add(root);
            }
            byte[] stream = bytes.get("key").toArray();
            Path file = Files.write(folder.resolve("stream"), stream);
            assertEquals(expected.toString(), Describer.describe("batches", file));
            assertEquals(expected.toString(), arrowReads(stream));
            try (ArrowReader reader = store.reader("key")) {
                assertEquals(expected.toString(), Canonical.of(reader).toString());
            }
        }
    }

    private String arrowReads(byte[] stream) throws IOException {
        try (ArrowReader reader = new ArrowStreamReader(
                new ByteArrayInputStream(stream), allocator, CommonsCompressionFactory.INSTANCE)) {
            return Canonical.of(reader).toString();
        }
    }

    @ParameterizedTest
    @MethodSource("supported")
    void othersReadWhatIsStored(Field field) throws Exception {
        assertReadByOthers(List.of(field), CodecType.NO_COMPRESSION);
    }

    @ParameterizedTest
    @EnumSource(CodecType.class)
    void othersReadAllTypesAtOnce(CodecType codec) throws Exception {
        assertReadByOthers(supported(), codec);
    }

    /** Each table comes with the entries that it uses, in the place of those before them. */
    @ParameterizedTest
    @EnumSource(CodecType.class)
    void othersReadDictionaries(CodecType codec) throws Exception {
        List<Field> fields = new ArrayList<>();
        for (ArrowType type : List.of(new ArrowType.Utf8(), new ArrowType.Int(64, true), new ArrowType.Utf8View())) {
            DictionaryEncoding encoding = new DictionaryEncoding(fields.size(), false, INDEX);
            FieldVector entries = EveryType.leaf("entries", type).createVector(allocator);
            Samples.fill(new VectorSchemaRoot(List.of(entries)), ENTRIES, 0, random, allocator);
            dictionaries.put(new Dictionary(entries, encoding));
            fields.add(new Field("column " + fields.size(), new FieldType(true, INDEX, encoding), null));
        }
        assertReadByOthers(fields, codec);
    }

    @TestFactory
    Stream<DynamicTest> whatNodeWroteIsReadWhereItWasAppended() throws Exception {
        Node.run("write.mjs", folder.toString());
        Map<String, byte[]> streams = new HashMap<>();
        Map<String, String> documents = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".arrows")).toList()) {
                String kind = file.getFileName().toString().replace(".arrows", "");
                streams.put(kind, Files.readAllBytes(file));
                documents.put(kind, Files.readString(folder.resolve(kind + ".json")));
            }
        }
        assertTrue(streams.keySet().containsAll(NOT_READ.keySet()), () -> "kinds written: " + streams.keySet());
        return streams.keySet().stream()
                .sorted()
                .map(kind -> DynamicTest.dynamicTest(
                        kind, () -> assertAppendedIsRead(kind, streams.get(kind), documents.get(kind))));
    }

    /** Appended twice: the first stream's end, and the same schema, are then in the middle. */
    private static void assertAppendedIsRead(String kind, byte[] stream, String document) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                Partd<Bytes> bytes = Partds.dict();
                ArrowPartd store = ArrowPartd.over(bytes, allocator)) {
            bytes.append("once", Bytes.of(stream));
            for (int i = 0; i < 2; i++) bytes.append("twice", Bytes.of(stream));
            if (NOT_READ.containsKey(kind)) {
                assertRefused(store, NOT_READ.get(kind));
                return;
            }
            assertEquals(document, read(store, "once"));
            List<String> rows = rows(document);
            List<String> twice = new ArrayList<>(rows);
            twice.addAll(rows);
            assertEquals(twice, rows(read(store, "twice")));
            try (VectorSchemaRoot root = store.get("twice")) {
                assertEquals(twice, Canonical.of(root).rows());
            }
        }
    }

    private static void assertRefused(ArrowPartd store, String says) {
        for (String key : Set.of("once", "twice")) {
            RuntimeException refused = assertThrows(RuntimeException.class, () -> store.get(key));
            assertTrue(refused.getMessage().contains(says), refused.getMessage());
        }
    }

    private static String read(ArrowPartd store, String key) throws IOException {
        try (ArrowReader reader = store.reader(key)) {
            return Canonical.of(reader).toString();
        }
    }

    /** The rows of a document, each of which has a line. */
    private static List<String> rows(String document) {
        return document.lines()
                .filter(line -> line.startsWith("["))
                .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }
}
