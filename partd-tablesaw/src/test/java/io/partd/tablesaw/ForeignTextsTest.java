package io.partd.tablesaw;

import io.partd.tablesaw.testing.ForeignTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Texts and dictionaries in the forms that Arrow has and Tablesaw has not. */
class ForeignTextsTest extends ForeignTypes {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <V extends FieldVector> V texts(V vector, ObjIntConsumer<byte[]> set, String... texts) {
        for (int i = 0; i < texts.length; i++) if (texts[i] != null) set.accept(utf8(texts[i]), i);
        vector.setValueCount(texts.length);
        return vector;
    }

    private VarCharVector utf8Vector(String name, String... texts) {
        VarCharVector vector = new VarCharVector(name, allocator);
        return texts(vector, (bytes, i) -> vector.setSafe(i, bytes), texts);
    }

    @Test
    void textsInEveryForm() {
        String[] texts = {
            "a", null, "", "exactly twelve", "twelve bytes", "a longer text than those", "a", "\u00e9\ud83d\ude00"
        };
        List<String> expected =
                Arrays.stream(texts).map(text -> text == null ? "" : text).toList();
        LargeVarCharVector large = new LargeVarCharVector("c", allocator);
        ViewVarCharVector view = new ViewVarCharVector("c", allocator);
        view.allocateNew(texts.length);
        assertEquals(expected, column(utf8Vector("c", texts)).asList());
        assertEquals(
                expected,
                column(texts(large, (bytes, i) -> large.setSafe(i, bytes), texts))
                        .asList());
        assertEquals(
                expected,
                column(texts(view, (bytes, i) -> view.setSafe(i, bytes), texts)).asList());
    }

    @Test
    void slicesAndVectorsWithoutValuesAreRead() {
        VarCharVector texts = utf8Vector("c", "zero", "one", null, "three", "four");
        var slice = texts.getTransferPair(allocator);
        slice.splitAndTransfer(1, 3);
        texts.close();
        assertEquals(
                List.of("one", "", "three"), column((FieldVector) slice.getTo()).asList());
        assertEquals(0, column(new VarCharVector("c", allocator)).size());
        assertEquals(0, column(new IntVector("c", allocator)).size());
        assertEquals(0, column(new ViewVarCharVector("c", allocator)).size());
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        VarCharVector vector = new VarCharVector("c", allocator);
        vector.setSafe(0, utf8("\ufffd"));
        vector.setSafe(1, new byte[] {'a', (byte) 0xff});
        vector.setValueCount(2);
        refused("column \"c\", row 1: its text is not UTF-8", vector);
    }

    @Test
    void brokenOffsetsAreRefused() {
        VarCharVector vector = utf8Vector("c", "ab", "cd");
        vector.getOffsetBuffer().setInt(8, 1 << 30);
        var refused = assertThrows(IllegalArgumentException.class, () -> column(vector));
        String begin = "column \"c\", row 1: its 1073741822 bytes from 2 on are not within the ";
        assertEquals(begin, refused.getMessage().substring(0, begin.length()));
    }

    private DictionaryProvider.MapDictionaryProvider dictionary(FieldVector entries) {
        return new DictionaryProvider.MapDictionaryProvider(
                new Dictionary(entries, new DictionaryEncoding(1, false, integer(8, true))));
    }

    private FieldVector indices(Integer... indices) {
        FieldType type = new FieldType(true, integer(8, true), new DictionaryEncoding(1, false, integer(8, true)));
        var vector = (org.apache.arrow.vector.TinyIntVector) type.createNewSingleVector("c", allocator, null);
        vector.allocateNew(indices.length);
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != null) vector.setSafe(i, indices[i]);
        }
        vector.setValueCount(indices.length);
        return vector;
    }

    @Test
    void dictionariesAreDecoded() {
        try (VarCharVector entries = utf8Vector("entries", "unused", "b", null, "", "b", "a")) {
            Table table = convert(indices(5, 1, null, 2, 3, 4, 5), dictionary(entries), SubMillis.REFUSE);
            assertEquals(
                    List.of("a", "b", "", "", "", "b", "a"), table.column("c").asList());
            assertEquals(3, table.column("c").countUnique());
        }
        try (BigIntVector entries = new BigIntVector("entries", allocator)) {
            for (int i = 0; i < 3; i++) entries.setSafe(i, 10L * i);
            entries.setNull(3);
            entries.setValueCount(4);
            Table table = convert(indices(2, null, 0, 3), dictionary(entries), SubMillis.REFUSE);
            assertEquals(
                    Arrays.asList(20L, null, 0L, null),
                    List.of(0, 1, 2, 3).stream().map(table.longColumn("c")::get).toList());
        }
    }

    @Test
    void dictionariesThatAreNotThereAreRefused() {
        refused(
                "column \"c\" is encoded with dictionary 1, which is not given: pass a DictionaryProvider that has it",
                indices(0));
        try (VarCharVector entries = utf8Vector("entries", "a")) {
            refused("column \"c\", row 1: index 1 into a dictionary of 1", indices(0, 1), dictionary(entries));
            refused("column \"c\", row 0: index -1 into a dictionary of 1", indices(-1), dictionary(entries));
        }
    }
}
