package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;

/** The dictionaries that a batch goes with: their entries, and the vectors that hold them. */
record Pools(Map<Long, List<Object>> entries, MapDictionaryProvider provider) implements AutoCloseable {
    /** Entries with duplicates, nulls and some that nobody will use; a batch without rows may have none. */
    static Pools draw(Shape shape, Dice dice, Loader loader, boolean empty) {
        Map<Long, List<Object>> entries = new LinkedHashMap<>();
        for (Shape.Dict dict : shape.dictionaries()) {
            entries.put(dict.id(), empty ? List.of() : append(List.of(), dict, dice, entries));
        }
        return load(shape, entries, dice, loader);
    }

    /** The same entries with more behind them. */
    Pools extended(Shape shape, Dice dice, Loader loader) {
        Map<Long, List<Object>> longer = new LinkedHashMap<>(entries);
        for (Shape.Dict dict : shape.dictionaries()) {
            if (entries.get(dict.id()).isEmpty() || dice.chance(60))
                longer.put(dict.id(), append(entries.get(dict.id()), dict, dice, longer));
        }
        return load(shape, longer, dice, loader);
    }

    /** The first added entry is not null, so that fields without nulls have one to use. */
    private static List<Object> append(List<Object> old, Shape.Dict dict, Dice dice, Map<Long, List<Object>> entries) {
        RandomValues values = new RandomValues(dice, entries);
        List<Object> all = new ArrayList<>(old);
        all.add(values.present(dict.values()));
        for (int i = dice.below(8); i > 0; i--) {
            all.add(dice.chance(15) ? dice.oneOf(all) : values.value(dict.values()));
        }
        return all;
    }

    private static Pools load(Shape shape, Map<Long, List<Object>> entries, Dice dice, Loader loader) {
        MapDictionaryProvider provider = new MapDictionaryProvider();
        boolean tidy = dice.chance(30) || entries.containsValue(List.of());
        Encoder.Style style = tidy ? Encoder.Style.TIDY : Encoder.Style.WILD;
        Encoder encoder = new Encoder(dice, entries, style);
        for (Shape.Dict dict : shape.dictionaries()) {
            Encoded encoded = encoder.encode(dict.values(), entries.get(dict.id()));
            provider.put(new Dictionary(loader.load(encoded), dict.encoding()));
        }
        return new Pools(entries, provider);
    }

    @Override
    public void close() {
        provider.close();
    }
}
