package io.partd.memory;

import io.partd.base.KeyCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the fast store of a buffer holds for each of its keys. Threads may add at the same time; the buffer
 * sees to it that nobody adds while a key is removed.
 */
final class KeySizes {
    /** The size of one key, negative before its first append has succeeded. */
    private static final class Size extends AtomicLong {
        private static final long serialVersionUID = 1;
        private static final long ABSENT = -1;

        Size() {
            super(ABSENT);
        }

        void grow(long bytes) {
            long old = get();
            while (!compareAndSet(old, Math.max(old, 0) + bytes)) old = get();
        }
    }

    /** The sizes that an append is going to change: found, or made, before it, so that nothing can fail after it. */
    static final class Growth {
        private final Size[] sizes;
        private final long[] bytes;

        private Growth(Size[] sizes, long[] bytes) {
            this.sizes = sizes;
            this.bytes = bytes;
        }

        void apply() {
            for (int i = 0; i < sizes.length; i++) sizes[i].grow(bytes[i]);
        }
    }

    private final ConcurrentHashMap<String, Size> sizes = new ConcurrentHashMap<>();

    /** Checks the keys that are new, and prepares for what the append adds. */
    Growth prepare(AppendSizes tally) {
        Size[] changed = new Size[tally.keys.length];
        for (int i = 0; i < changed.length; i++) changed[i] = size(tally.keys[i]);
        return new Growth(changed, tally.bytes);
    }

    private Size size(String key) {
        Size size = sizes.get(key);
        if (size != null) return size;
        KeyCheck.check(key);
        return sizes.computeIfAbsent(key, k -> new Size());
    }

    /** The bytes of the key: 0 where it holds none, negative where it is not there. */
    long bytes(String key) {
        Size size = sizes.get(key);
        return size == null ? Size.ABSENT : size.get();
    }

    boolean contains(String key) {
        return bytes(key) >= 0;
    }

    boolean isEmpty() {
        return sizes.isEmpty();
    }

    void remove(String key) {
        sizes.remove(key);
    }

    void clear() {
        sizes.clear();
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        sizes.forEach((key, size) -> {
            if (size.get() >= 0) keys.add(key);
        });
        return keys;
    }

    /** The largest keys, enough of them to hold the bytes wanted, or all that hold any. */
    Deque<String> largest(long wanted) {
        List<String> keys = keys();
        long[] bytes = keys.stream().mapToLong(this::bytes).toArray();
        long threshold = threshold(bytes, wanted);
        Deque<String> chosen = new ArrayDeque<>();
        long found = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] <= threshold) continue;
            chosen.add(keys.get(i));
            found += bytes[i];
        }
        for (int i = 0; i < bytes.length && found < wanted && threshold > 0; i++) {
            if (bytes[i] != threshold) continue;
            chosen.add(keys.get(i));
            found += bytes[i];
        }
        return chosen;
    }

    /** The size such that all larger keys are wanted, and some or all of those that have it. */
    private static long threshold(long[] bytes, long wanted) {
        long[] sorted = bytes.clone();
        Arrays.sort(sorted);
        long found = 0;
        for (int i = sorted.length - 1; i >= 0; i--) {
            found += sorted[i];
            if (found >= wanted || sorted[i] == 0) return sorted[i];
        }
        return 0;
    }
}
