package io.partd.testing;

import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/**
 * Any store as one of lists of numbers: the form in which the contract looks at it. Every call goes to the method of
 * the same name and kind.
 */
final class NumbersPartd<V> implements Partd<List<Integer>> {
    private final Partd<V> store;
    private final Numbers<V> numbers;

    NumbersPartd(Partd<V> store, Numbers<V> numbers) {
        this.store = store;
        this.numbers = numbers;
    }

    @Override
    public Set<String> append(Map<String, ? extends List<Integer>> values, Map<String, ? extends List<Integer>> heads) {
        Map<String, V> written = write(values);
        Map<String, V> writtenHeads = write(heads);
        try {
            return store.append(written, writtenHeads);
        } finally {
            release(written);
            release(writtenHeads);
        }
    }

    @Override
    public void append(Map<String, ? extends List<Integer>> values) {
        Map<String, V> written = write(values);
        try {
            store.append(written);
        } finally {
            release(written);
        }
    }

    @Override
    public void append(String key, List<Integer> value) {
        V written = write(value);
        try {
            store.append(key, written);
        } finally {
            release(written);
        }
    }

    @Override
    public Set<String> putIfAbsent(Map<String, ? extends List<Integer>> values) {
        Map<String, V> written = write(values);
        try {
            return store.putIfAbsent(written);
        } finally {
            release(written);
        }
    }

    @Override
    public boolean putIfAbsent(String key, List<Integer> value) {
        V written = write(value);
        try {
            return store.putIfAbsent(key, written);
        } finally {
            release(written);
        }
    }

    @Override
    public List<Integer> get(String key) {
        return read(store.get(key));
    }

    @Override
    public List<List<Integer>> get(Collection<String> keys) {
        List<List<Integer>> lists = new ArrayList<>();
        for (V value : store.get(keys)) lists.add(read(value));
        return lists;
    }

    @Override
    public void delete(Collection<String> keys) {
        store.delete(keys);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public long removals() {
        return store.removals();
    }

    @Override
    public SortedSet<String> keys() {
        return store.keys();
    }

    @Override
    public void drop() {
        store.drop();
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public Lock lock() {
        return store.lock();
    }

    @Override
    public void close() {
        store.close();
    }

    private Map<String, V> write(Map<String, ? extends List<Integer>> lists) {
        if (lists == null) return null;
        Map<String, V> written = new HashMap<>();
        lists.forEach((key, list) -> written.put(key, write(list)));
        return written;
    }

    private V write(List<Integer> list) {
        return list == null ? null : numbers.write(list);
    }

    private List<Integer> read(V value) {
        try {
            return numbers.read(value);
        } finally {
            numbers.release(value);
        }
    }

    private void release(Map<String, V> written) {
        if (written != null) written.values().forEach(this::release);
    }

    private void release(V written) {
        if (written != null) numbers.release(written);
    }
}
