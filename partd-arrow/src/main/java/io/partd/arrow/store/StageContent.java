package io.partd.arrow.store;

import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.memory.ScratchPool;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What waits in a stage: the tables, what is known of their keys, and which keys could not be written. It takes no
 * locks: all but {@link #isFilled} is for whoever holds that of the stage, and {@link #write} and what takes rows away
 * for whoever holds the store's, too.
 */
final class StageContent {
    private static final int MAX_KEYS = 1_000_000;

    private final StreamStore streams;
    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final BufferCodec codec;
    private final StagedTables tables;
    private StageKeys keys = new StageKeys();
    private String partitioner;
    /** The messages of what was added first, or null. */
    private StagedMessages prepared;
    /** By the number of the key: why it could not be written when that was last tried. */
    private Map<Integer, Throwable> failures = Map.of();
    /** Whether anything waits; read without the lock, so that readers need not wait for whoever holds it. */
    private volatile boolean filled;
    /** Whether anything waits that was not tried to be written. */
    private boolean fresh;

    StageContent(StreamStore streams, BufferAllocator allocator, ScratchPool scratch, BufferCodec codec) {
        this.streams = streams;
        this.allocator = allocator;
        this.scratch = scratch;
        this.codec = codec;
        this.tables = new StagedTables(allocator);
    }

    /** Whether anything waits. */
    boolean isFilled() {
        return filled;
    }

    StageKeys keys() {
        return keys;
    }

    /** Whether it knows as many keys as it may: they are to be forgotten. */
    boolean isFullOfKeys() {
        return keys.count() >= MAX_KEYS;
    }

    /** What the keys are known to be partitioned by, or null. */
    String partitioner() {
        return partitioner;
    }

    void partitionedBy(String by) {
        partitioner = by;
    }

    /** Whether some of the tables were partitioned by something else. */
    boolean isPartitionedOtherwise(String by) {
        return tables.isPartitionedOtherwise(by);
    }

    /** Whether rows of a key would come to lie in tables of two schemas. */
    boolean wouldMix(StageAppend append) {
        return append.mixes(tables);
    }

    /** The bytes of the tables, once these are among them. */
    long bytesWith(StageAppend append) {
        return tables.bytes() + append.bytes();
    }

    void take(StageAppend append) {
        append.take().forEach(tables::add);
        filled = true;
        fresh = true;
    }

    /** Whether some of the asked keys could not be written. */
    boolean hasFailed(Predicate<Integer> asked) {
        return failures.keySet().stream().anyMatch(asked);
    }

    /** Why keys could not be written, by their names. */
    Map<String, Throwable> failures(Predicate<Integer> asked) {
        Map<String, Throwable> named = new HashMap<>();
        failures.forEach((key, reason) -> {
            if (asked.test(key)) named.put(keys.key(key), reason);
        });
        return named;
    }

    /** One reason for all keys that wait. */
    Map<String, Throwable> allFailed(Throwable reason) {
        Map<String, Throwable> named = new HashMap<>();
        tables.forEachKey(key -> named.put(keys.key(key), reason));
        return named;
    }

    /** Whether there is nothing to write but what could not be, and nobody asks for that. */
    boolean isSettled(Predicate<Integer> asked) {
        return !fresh && !hasFailed(asked);
    }

    /** Makes messages of what is there, while others may use the store. */
    void prepare() {
        if (prepared == null && !tables.isEmpty()) prepared = messages(Set.of());
    }

    private StagedMessages messages(Set<Integer> without) {
        return StagedMessages.of(tables, keys, without, scratch, codec, allocator);
    }

    private void discardPrepared() {
        if (prepared != null) prepared.close();
        prepared = null;
    }

    /** Writes what can be written. */
    void write() {
        if (tables.isEmpty()) return;
        StageWriter writer = new StageWriter(streams, keys, partitioner);
        try {
            while (hasMore(writer)) {
                if (prepared == null) prepared = messages(writer.failures().keySet());
                writer.write(prepared, tables);
                discardPrepared();
            }
            fresh = false;
        } finally {
            discardPrepared();
            failures = writer.failures();
            filled = !tables.isEmpty();
        }
    }

    private boolean hasMore(StageWriter writer) {
        if (writer.failures().isEmpty()) return !tables.isEmpty();
        boolean[] more = {false};
        tables.forEachKey(key -> more[0] |= !writer.failures().containsKey(key));
        return more[0];
    }

    /** Forgets what the store holds under its keys; keys of which nothing waits are forgotten altogether. */
    void forget() {
        keys.forgetTables();
        if (tables.isEmpty()) forgetKeys();
    }

    private void forgetKeys() {
        keys = new StageKeys();
        partitioner = null;
    }

    /** Takes the rows of keys away, unless doing so in the store fails, which is told whether any wait. */
    void delete(Collection<String> names, Consumer<Boolean> inStore) {
        BitSet numbers = new BitSet(keys.count());
        for (String name : names) {
            int number = keys.number(name);
            if (number != StageKeys.UNKNOWN) numbers.set(number);
        }
        boolean[] any = {false};
        tables.forEachKey(key -> any[0] |= numbers.get(key));
        discardPrepared();
        tables.willRemove(numbers, tables.counts());
        boolean deleted = false;
        try {
            inStore.accept(any[0]);
            deleted = true;
        } finally {
            if (!deleted) tables.keepAll();
        }
        tables.settle();
        numbers.stream().forEach(number -> keys.setTable(number, null));
        failures = new HashMap<>(failures);
        failures.keySet().removeIf(numbers::get);
        filled = !tables.isEmpty();
    }

    /** Takes everything away, and forgets the keys. */
    void drop() {
        clear();
        forgetKeys();
    }

    /** Takes everything away. */
    void clear() {
        discardPrepared();
        tables.clear();
        failures = Map.of();
        filled = false;
    }
}
