package io.partd.tablesaw;

import io.partd.arrow.partition.SpanGroups;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import tech.tablesaw.columns.Column;

import static org.apache.arrow.memory.util.MemoryUtil.copyFromMemory;

/**
 * Makes columns of strings of vectors of text: a String for each different text, and the number of its text for each
 * row.
 */
final class TextReader {
    private static final char REPLACEMENT = '\ufffd';

    private TextReader() {}

    static Column<?> read(FieldVector vector, String name) {
        int rows = vector.getValueCount();
        Spans spans = Spans.of(vector, name);
        Bits validity = Bits.validity(vector);
        SpanGroups groups = new SpanGroups();
        int[] codes = new int[rows];
        Block block = new Block();
        for (int at = 0; at < rows; at += Block.SIZE) {
            block.move(at, rows);
            block.valid = validity.get(at, block.count);
            spans.locate(block);
            number(block, spans, groups, codes);
        }
        return TextDictionary.column(name, codes, strings(groups, codes, name));
    }

    private static void number(Block block, Spans spans, SpanGroups groups, int[] codes) {
        for (int i = 0; i < block.count; i++) {
            int row = block.at + i;
            codes[row] = block.isValid(i) && spans.lengths[i] > 0
                    ? groups.number(spans.addresses[i], spans.lengths[i])
                    : TextDictionary.MISSING;
        }
    }

    private static String[] strings(SpanGroups groups, int[] codes, String name) {
        String[] strings = new String[groups.count()];
        byte[] bytes = new byte[256];
        for (int i = 0; i < strings.length; i++) {
            int length = groups.length(i);
            if (length > bytes.length) bytes = new byte[length];
            copyFromMemory(groups.address(i), bytes, 0, length);
            strings[i] = new String(bytes, 0, length, StandardCharsets.UTF_8);
            if (strings[i].indexOf(REPLACEMENT) >= 0) requireUtf8(bytes, length, name, firstRow(codes, i));
        }
        return strings;
    }

    private static int firstRow(int[] codes, int code) {
        int row = 0;
        while (codes[row] != code) row++;
        return row;
    }

    private static void requireUtf8(byte[] bytes, int length, String name, int row) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    new Cells(name).refuse(row, "its text is not UTF-8").getMessage(), e);
        }
    }
}
