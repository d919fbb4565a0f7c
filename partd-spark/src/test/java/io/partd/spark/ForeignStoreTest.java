package io.partd.spark;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Stores in a local directory that Spark did not write. */
final class ForeignStoreTest {
    private final BufferAllocator allocator = ArrowPartd.sharedAllocator();

    @TempDir
    Path directory;

    private VectorSchemaRoot numbers(int rows) {
        BigIntVector k = new BigIntVector("k", allocator);
        for (int i = 0; i < rows; i++) k.setSafe(i, i);
        k.setValueCount(rows);
        return VectorSchemaRoot.of(k);
    }

    @Test
    void itsRowsAndItsPartitionerAreKnown() {
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory.resolve("local")), allocator);
                VectorSchemaRoot rows = numbers(100)) {
            store.append(rows, Partitioner.hash(8, "k"));
            store.append(rows, Partitioner.hash(8, "k"));
        }
        Stores stores = new Stores(directory);
        Dataset<Row> read = stores.read("local");
        assertEquals("[200,9900]", read.selectExpr("count(*)", "sum(k)").first().toString());
        assertEquals(2, read.where("k = 17").count());
        assertEquals(0, Spark.exchanges(read.groupBy("k").count()));
        stores.append(Spark.session().range(100, 120).toDF("k"), "local", "hash(8, \"k\")");
        assertEquals(
                "[220]", stores.read("local").selectExpr("count(*)").first().toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> stores.append(Spark.session().range(5).toDF("k"), "local", "hash(9, \"k\")"));
    }

    @Test
    void dictionaryEncodedTextIsText() {
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory.resolve("coded")), allocator);
                VarCharVector words = words("one", "two");
                VarCharVector plain = words("two", "one", "two")) {
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
            try (FieldVector coded = (FieldVector) DictionaryEncoder.encode(plain, dictionary);
                    VectorSchemaRoot root = VectorSchemaRoot.of(coded)) {
                store.append("key", root, new DictionaryProvider.MapDictionaryProvider(dictionary));
            }
        }
        assertEquals(List.of("[one]", "[two]", "[two]"), Spark.rows(new Stores(directory).read("coded")));
    }

    private VarCharVector words(String... words) {
        VarCharVector vector = new VarCharVector("word", allocator);
        for (int i = 0; i < words.length; i++) vector.setSafe(i, words[i].getBytes(StandardCharsets.UTF_8));
        vector.setValueCount(words.length);
        return vector;
    }

    @Test
    void aColumnThatSparkCannotReadIsNamed() {
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory.resolve("odd")), allocator);
                UInt4Vector unsigned = new UInt4Vector("unsigned", allocator)) {
            unsigned.setSafe(0, 1);
            unsigned.setValueCount(1);
            store.append("key", VectorSchemaRoot.of(unsigned));
        }
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Stores(directory).read("odd"));
        assertTrue(refused.getMessage().contains("\"unsigned\""), refused::getMessage);
    }
}
