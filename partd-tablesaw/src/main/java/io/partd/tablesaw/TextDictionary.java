package io.partd.tablesaw;

import it.unimi.dsi.fastutil.bytes.Byte2IntOpenHashMap;
import it.unimi.dsi.fastutil.bytes.Byte2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ByteOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ShortOpenHashMap;
import it.unimi.dsi.fastutil.shorts.Short2IntOpenHashMap;
import it.unimi.dsi.fastutil.shorts.Short2ObjectOpenHashMap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.NoKeysAvailableException;
import tech.tablesaw.columns.strings.NullDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

/**
 * Builds columns of strings of the numbers of their texts, as Tablesaw would have done by appending them: the first
 * text has the smallest key but one, a missing value the largest. The number of keys decides how wide they are; many
 * that are hardly repeated are kept as a list.
 */
final class TextDictionary {
    /** The number of a missing text. */
    static final int MISSING = -1;

    private static final int MAX_OF_BYTES = Byte.MAX_VALUE - Byte.MIN_VALUE - 1;
    private static final int MAX_OF_SHORTS = Short.MAX_VALUE - Short.MIN_VALUE - 1;

    private TextDictionary() {}

    /** The column of texts, which differ and are not empty, by number. */
    static StringColumn column(String name, int[] codes, String[] texts) {
        return StringColumn.createInternal(name, map(codes, texts));
    }

    private static DictionaryMap map(int[] codes, String[] texts) {
        if (texts.length > MAX_OF_SHORTS && texts.length > codes.length / 2) return list(codes, texts);
        int[] counts = new int[texts.length + 1];
        for (int code : codes) counts[code + 1]++;
        if (texts.length <= MAX_OF_BYTES) return ofBytes(codes, texts, counts);
        return texts.length <= MAX_OF_SHORTS ? ofShorts(codes, texts, counts) : ofInts(codes, texts, counts);
    }

    private static DictionaryMap list(int[] codes, String[] texts) {
        NullDictionaryMap list = new NullDictionaryMap(new ByteDictionaryMap());
        try {
            for (int code : codes) list.append(code == MISSING ? "" : texts[code]);
        } catch (NoKeysAvailableException e) {
            throw new IllegalStateException("a list of strings needs no keys", e);
        }
        return list;
    }

    private static DictionaryMap ofBytes(int[] codes, String[] texts, int[] counts) {
        Byte2ObjectOpenHashMap<String> values = new Byte2ObjectOpenHashMap<>();
        Object2ByteOpenHashMap<String> keys = new Object2ByteOpenHashMap<>();
        Byte2IntOpenHashMap uses = new Byte2IntOpenHashMap();
        keys.defaultReturnValue(Byte.MIN_VALUE);
        for (int code = counts[0] == 0 ? 0 : MISSING; code < texts.length; code++) {
            byte key = (byte) (code == MISSING ? Byte.MAX_VALUE : Byte.MIN_VALUE + 1 + code);
            String text = code == MISSING ? "" : texts[code];
            values.put(key, text);
            keys.put(text, key);
            uses.put(key, counts[code + 1]);
        }
        byte[] rows = new byte[codes.length];
        // A missing one wraps to the largest.
        for (int i = 0; i < rows.length; i++) rows[i] = (byte) (codes[i] + 1 + Byte.MIN_VALUE - (codes[i] >>> 31));
        return new ByteDictionaryMap.ByteDictionaryBuilder()
                .setNextIndex(Byte.MIN_VALUE + texts.length)
                .setKeyToValue(values)
                .setValueToKey(keys)
                .setKeyToCount(uses)
                .setValues(rows)
                .build();
    }

    private static DictionaryMap ofShorts(int[] codes, String[] texts, int[] counts) {
        Short2ObjectOpenHashMap<String> values = new Short2ObjectOpenHashMap<>(texts.length);
        Object2ShortOpenHashMap<String> keys = new Object2ShortOpenHashMap<>(texts.length);
        Short2IntOpenHashMap uses = new Short2IntOpenHashMap(texts.length);
        keys.defaultReturnValue(Short.MIN_VALUE);
        for (int code = counts[0] == 0 ? 0 : MISSING; code < texts.length; code++) {
            short key = (short) (code == MISSING ? Short.MAX_VALUE : Short.MIN_VALUE + 1 + code);
            String text = code == MISSING ? "" : texts[code];
            values.put(key, text);
            keys.put(text, key);
            uses.put(key, counts[code + 1]);
        }
        short[] rows = new short[codes.length];
        for (int i = 0; i < rows.length; i++) rows[i] = (short) (codes[i] + 1 + Short.MIN_VALUE - (codes[i] >>> 31));
        return new ShortDictionaryMap.ShortDictionaryBuilder()
                .setNextIndex(Short.MIN_VALUE + texts.length)
                .setKeyToValue(values)
                .setValueToKey(keys)
                .setKeyToCount(uses)
                .setValues(rows)
                .build();
    }

    private static DictionaryMap ofInts(int[] codes, String[] texts, int[] counts) {
        Int2ObjectOpenHashMap<String> values = new Int2ObjectOpenHashMap<>(texts.length);
        Object2IntOpenHashMap<String> keys = new Object2IntOpenHashMap<>(texts.length);
        Int2IntOpenHashMap uses = new Int2IntOpenHashMap(texts.length);
        keys.defaultReturnValue(Integer.MIN_VALUE);
        for (int code = counts[0] == 0 ? 0 : MISSING; code < texts.length; code++) {
            int key = code == MISSING ? Integer.MAX_VALUE : Integer.MIN_VALUE + 1 + code;
            String text = code == MISSING ? "" : texts[code];
            values.put(key, text);
            keys.put(text, key);
            uses.put(key, counts[code + 1]);
        }
        int[] rows = new int[codes.length];
        for (int i = 0; i < rows.length; i++) rows[i] = codes[i] + 1 + Integer.MIN_VALUE - (codes[i] >>> 31);
        return new IntDictionaryMap.IntDictionaryBuilder()
                .setNextIndex(Integer.MIN_VALUE + texts.length)
                .setKeyToValue(values)
                .setValueToKey(keys)
                .setKeyToCount(uses)
                .setValues(rows)
                .build();
    }
}
