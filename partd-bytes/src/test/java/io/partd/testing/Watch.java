package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Knows what writers were told to be written, and checks that every read shows it, and shows appends to several keys
 * whole. Safe for several threads.
 */
public final class Watch {
    private final AtomicIntegerArray acknowledged;

    public Watch(int writers) {
        this.acknowledged = new AtomicIntegerArray(writers);
    }

    /** The keys to which a writer appends each of its chunks, in one append. Ten writers share them. */
    public static List<String> keys(int writer) {
        int group = writer / 10;
        return List.of("a" + group, "../b" + group, "c" + group);
    }

    /** Called when an append has returned. */
    public void acknowledge(int writer, int sequence) {
        acknowledged.accumulateAndGet(writer, sequence + 1, Math::max);
    }

    int acknowledged(int writer) {
        return acknowledged.get(writer);
    }

    /** Reads the keys of a group at once: all hold the same, and all that was acknowledged before. */
    public Ledger check(Partd<Bytes> store, int group) {
        return check(store, group, new Ledger());
    }

    /** As above, and all that an earlier read has seen. */
    public Ledger check(Partd<Bytes> store, int group, Ledger seen) {
        int from = group * 10;
        int to = Math.min(acknowledged.length(), from + 10);
        int[] before = new int[to - from];
        for (int writer = from; writer < to; writer++) {
            before[writer - from] = Math.max(acknowledged.get(writer), seen.end(writer));
        }
        Ledger ledger = same(store, group).fromTheStart();
        for (int writer = from; writer < to; writer++) {
            if (ledger.end(writer) < before[writer - from]) {
                throw new AssertionError("writer " + writer + ": " + before[writer - from]
                        + " were acknowledged or seen, there are " + ledger);
            }
        }
        return ledger;
    }

    /** Reads the keys of a group at once: all hold the same. */
    static Ledger same(Partd<Bytes> store, int group) {
        List<Bytes> values = store.get(keys(group * 10));
        Ledger first = Ledger.read(values.get(0));
        for (Bytes value : values.subList(1, values.size()))
            assertEquals(first, Ledger.read(value), "half of an append");
        return first;
    }
}
