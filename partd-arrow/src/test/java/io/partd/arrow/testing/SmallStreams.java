package io.partd.arrow.testing;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
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
import org.apache.arrow.vector.util.DictionaryUtility;

/** A few rows of each kind as the bytes of a stream: of each type, with dictionaries, compressed. */
public final class SmallStreams {
    private static final int ROWS = 5;
    private static final int ENTRIES = 3;
    private static final ArrowType.Int INDEX = new ArrowType.Int(8, true);

    /** One type of each layout, by the name in {@link EveryType}. */
    private static final Set<String> LAYOUTS = Set.of(
            "null",
            "bool",
            "int32",
            "utf8",
            "large_utf8",
            "utf8_view",
            "fixed_size_binary[13]",
            "timestamp[ms, Europe/Paris]",
            "list",
            "large_list",
            "list_view",
            "large_list_view",
            "fixed_size_list",
            "struct",
            "map",
            "sparse_union",
            "dense_union",
            "run_end_encoded");

    private final Random random = new Random(5);
    private final BufferAllocator allocator;

    private SmallStreams(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Streams by their name. */
    public static Map<String, byte[]> ofEveryLayout(BufferAllocator allocator) {
        return new SmallStreams(allocator)
                .of(EveryType.fields().stream()
                        .filter(field -> LAYOUTS.contains(field.getName()))
                        .toList());
    }

    /** Streams by their name. */
    public static Map<String, byte[]> ofEveryType(BufferAllocator allocator) {
        return new SmallStreams(allocator).of(EveryType.fields());
    }

    private Map<String, byte[]> of(List<Field> fields) {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        try {
            for (Field field : fields) streams.put(field.getName(), plain(field));
            streams.put("deltas", deltas());
            streams.put("dictionary in a dictionary", inner());
            streams.put("two columns", plain(EveryType.leaf("a", new ArrowType.Utf8()), EveryType.leaf("b", INDEX)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Field text = EveryType.leaf("text", new ArrowType.Utf8());
        for (CodecType codec : List.of(CodecType.LZ4_FRAME, CodecType.ZSTD)) {
            streams.put(codec.name(), compressed(text, 120, codec));
        }
        return streams;
    }

    private byte[] plain(Field... fields) throws IOException {
        List<Field> all = List.of(fields);
        return new RawStream()
                .schema(new Schema(all))
                .batch(Samples.batch(all, ROWS, ENTRIES, random, allocator))
                .batch(Samples.batch(all, 1, ENTRIES, random, allocator))
                .endOfStream()
                .bytes();
    }

    private byte[] deltas() throws IOException {
        Field texts = encoded("texts", 1);
        Field entries = EveryType.leaf("texts", new ArrowType.Utf8());
        RawStream stream = new RawStream().schema(inMessages(List.of(texts), Map.of(1L, entries)));
        for (int batch = 0; batch < 3; batch++) {
            stream.dictionary(1, Samples.batch(List.of(entries), ENTRIES, 0, random, allocator), batch == 1);
            int known = batch == 1 ? 2 * ENTRIES : ENTRIES;
            stream.batch(Samples.batch(List.of(texts), ROWS, known, random, allocator));
        }
        return stream.bytes();
    }

    private byte[] inner() throws IOException {
        Field lists = encoded("lists", 1);
        Field texts = EveryType.leaf("item", new ArrowType.Utf8());
        Field entries = EveryType.of("lists", new ArrowType.List(), encoded("item", 2));
        return new RawStream()
                .schema(inMessages(List.of(lists), Map.of(1L, entries, 2L, texts)))
                .dictionary(2, Samples.batch(List.of(texts), ENTRIES, 0, random, allocator), false)
                .dictionary(1, Samples.batch(List.of(entries), ENTRIES, ENTRIES, random, allocator), false)
                .batch(Samples.batch(List.of(lists), ROWS, ENTRIES, random, allocator))
                .bytes();
    }

    private static Field encoded(String name, long id) {
        return new Field(name, new FieldType(true, INDEX, new DictionaryEncoding(id, false, INDEX)), null);
    }

    /** The schema in the form that messages have. */
    private Schema inMessages(List<Field> fields, Map<Long, Field> entries) {
        MapDictionaryProvider provider = new MapDictionaryProvider();
        List<Field> converted = new ArrayList<>();
        entries.forEach((id, field) -> {
            FieldVector vector = field.createVector(allocator);
            provider.put(new Dictionary(vector, new DictionaryEncoding(id, false, INDEX)));
        });
        for (Field field : fields) converted.add(DictionaryUtility.toMessageFormat(field, provider, new HashSet<>()));
        provider.close();
        return new Schema(converted);
    }

    private byte[] compressed(Field field, int rows, CodecType codec) {
        ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
        try (Partd<Bytes> bytes = Partds.dict();
                ArrowPartd store = ArrowPartd.over(bytes, allocator, options);
                VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
            Samples.fill(root, rows, 0, random, allocator);
            store.append("key", root);
            return bytes.get("key").toArray();
        }
    }

    /** The rows of a stream, as Arrow's own reader has them. */
    static List<List<Object>> rows(byte[] stream, BufferAllocator allocator) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) rows.addAll(Rows.of(reader.getVectorSchemaRoot(), reader));
        }
        return rows;
    }
}
