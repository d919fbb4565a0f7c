package io.partd.tablesaw;

import io.partd.tablesaw.testing.Tables;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** Columns of strings have the dictionaries that Tablesaw would have made by appending, down to their keys. */
class TextDictionaryTest {
    private static StringColumn column(int rows, IntFunction<String> text) {
        StringColumn column = StringColumn.create("c");
        for (int i = 0; i < rows; i++) column.append(text.apply(i));
        return column;
    }

    private static StringColumn there(StringColumn column) {
        return Tables.there(Table.create(column)).stringColumn(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 253, 254})
    void fewTextsHaveBytes(int texts) {
        StringColumn column = column(1_000, i -> texts == 0 || i % 7 == 3 ? null : "x" + i % texts);
        assertInstanceOf(ByteDictionaryMap.class, column.getDictionary());
        assertEquals(column.getDictionary(), there(column).getDictionary());
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 3_000, 65_534})
    void moreTextsHaveShorts(int texts) {
        StringColumn column = column(140_000, i -> i == 5 ? "" : "x" + i % texts);
        assertEquals(texts + 1, column.countUnique());
        assertInstanceOf(ShortDictionaryMap.class, column.getDictionary());
        assertEquals(column.getDictionary(), there(column).getDictionary());
    }

    @Test
    void manyTextsHaveInts() {
        StringColumn column = column(140_001, i -> "x" + i % 65_535);
        assertInstanceOf(IntDictionaryMap.class, there(column).getDictionary());
        Tables.assertSame(column, there(column), "ints");
        StringColumn back = there(there(column).append("new").appendMissing());
        Tables.assertSame(column.append("new").appendMissing(), back, "ints, appended");
    }

    @Test
    void textsThatAreHardlyRepeatedHaveNone() {
        StringColumn column = column(70_000, i -> i % 1_000 == 1 ? "" : "x" + i);
        DictionaryMap map = there(column).getDictionary();
        assertInstanceOf(NullDictionaryMap.class, map);
        Tables.assertSame(column, there(column), "list");
        Tables.assertSame(column, there(there(column)), "list, twice");
    }

    @Test
    void textsOfManyLengthsAreToldApart() {
        for (int seed = 0; seed < 5; seed++) {
            int salt = seed * 31;
            StringColumn column = column(
                    5_000,
                    i -> "abcdefghij".repeat(4).substring(0, i % 40)
                            + (char) ('a' + (i + salt) % 5)
                            + "z".repeat(i % 11));
            Tables.assertSame(column, there(column), "seed " + seed);
        }
    }

    /** Tablesaw gives an empty text that is set a key of its own, and forgets keys of texts that are gone. */
    @Test
    void dictionariesThatWereChangedAreReadByTheirTexts() {
        StringColumn column = StringColumn.create("c", "a", "b", "c", "a");
        column.set(1, "");
        column.set(2, "d");
        column.append("b");
        StringColumn back = there(column);
        assertEquals(column.asList(), back.asList());
        assertEquals(1, back.countMissing());
        for (int i = 0; i < 300; i++) column.append("x" + i);
        column.set(0, "");
        assertEquals(column.asList(), there(column).asList());
        column.sortDescending();
        assertEquals(column.asList(), there(column).asList());
    }
}
