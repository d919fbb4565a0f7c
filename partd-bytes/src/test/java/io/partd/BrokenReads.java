package io.partd;

import io.partd.testing.ForwardingPartd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedSet;

/** Stores that read wrongly. */
public final class BrokenReads {
    private BrokenReads() {}

    /** One key after the other. */
    public static Partd<Bytes> noSnapshot(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                List<Bytes> values = new ArrayList<>();
                for (String key : keys) {
                    values.addAll(inner.get(List.of(key)));
                    Thread.yield();
                }
                return values;
            }
        };
    }

    /** Each key once. */
    public static Partd<Bytes> distinct(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                return inner.get(new LinkedHashSet<>(keys));
            }
        };
    }

    public static Partd<Bytes> fixedKeys(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public SortedSet<String> keys() {
                return Collections.unmodifiableSortedSet(inner.keys());
            }
        };
    }

    /** Takes the memory of what it handed out for something else. */
    public static Partd<Bytes> changesWhatWasRead(Partd<Bytes> store) {
        List<byte[]> arrays = new ArrayList<>();
        return new ForwardingPartd<>(store) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                List<Bytes> values = new ArrayList<>();
                for (Bytes value : inner.get(keys)) {
                    arrays.add(value.toArray());
                    values.add(Bytes.of(arrays.get(arrays.size() - 1)));
                }
                return values;
            }

            @Override
            public void drop() {
                for (byte[] array : arrays) Arrays.fill(array, (byte) '9');
                inner.drop();
            }
        };
    }

    /** Makes what it looks for. */
    public static Partd<Bytes> makesKeys(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                for (String key : keys) inner.append(key, Bytes.EMPTY);
                return inner.get(keys);
            }
        };
    }
}
