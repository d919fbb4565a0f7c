package io.partd.arrow.store;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A view of a map whose values are computed when they are asked for. */
final class MappedValues<A, B> extends AbstractMap<String, B> {
    private final Map<String, A> map;
    private final Function<A, B> function;

    MappedValues(Map<String, A> map, Function<A, B> function) {
        this.map = map;
        this.function = function;
    }

    @Override
    public boolean containsKey(Object key) {
        return map.containsKey(key);
    }

    @Override
    public B get(Object key) {
        return map.containsKey(key) ? function.apply(map.get(key)) : null;
    }

    @Override
    public Set<String> keySet() {
        return map.keySet();
    }

    @Override
    public Set<Entry<String, B>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return map.size();
            }

            @Override
            public Iterator<Entry<String, B>> iterator() {
                Iterator<Entry<String, A>> each = map.entrySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Entry<String, B> next() {
                        Entry<String, A> entry = each.next();
                        return Map.entry(entry.getKey(), function.apply(entry.getValue()));
                    }
                };
            }
        };
    }
}
