package io.partd.memory;

import io.partd.Bytes;
import io.partd.base.KeyCheck;
import java.util.Map;
import java.util.Objects;

/** What one append brings: its keys, and how many bytes each. */
final class AppendSizes {
    final String[] keys;
    final long[] bytes;
    final long total;

    private AppendSizes(String[] keys, long[] bytes, long total) {
        this.keys = keys;
        this.bytes = bytes;
        this.total = total;
    }

    static AppendSizes of(Map<String, ? extends Bytes> values) {
        int count = values.size();
        String[] keys = new String[count];
        long[] bytes = new long[count];
        long total = 0;
        int i = 0;
        for (Map.Entry<String, ? extends Bytes> entry : values.entrySet()) {
            keys[i] = Objects.requireNonNull(entry.getKey(), "key is null");
            bytes[i] = value(keys[i], entry.getValue()).size();
            total += bytes[i++];
        }
        return new AppendSizes(keys, bytes, total);
    }

    /** The value, which is there. */
    static Bytes value(String key, Bytes value) {
        if (value == null) throw new NullPointerException("the value of key " + KeyCheck.preview(key) + " is null");
        return value;
    }
}
