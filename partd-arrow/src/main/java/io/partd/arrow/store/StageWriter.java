package io.partd.arrow.store;

import io.partd.arrow.store.StreamStore.PendingAppend;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends the messages of staged keys, of all keys that the store takes: together where it takes them together, and
 * else in halves, down to the keys that it does not take. The store's lock is held. Used once, by one thread.
 */
final class StageWriter {
    /** After so many failures of the world in a row, or so much time, what is left will not fare better. */
    private static final int MAX_FAILURES = 64;

    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final StreamStore streams;
    private final StageKeys keys;
    private final String partitioner;
    private final long began = System.nanoTime();
    private final Map<Integer, Throwable> failures = new HashMap<>();
    private int failuresInRow;

    StageWriter(StreamStore streams, StageKeys keys, String partitioner) {
        this.streams = streams;
        this.keys = keys;
        this.partitioner = partitioner;
    }

    /** By the number of the key: why it could not be written. */
    Map<Integer, Throwable> failures() {
        return failures;
    }

    /** Appends what can be appended, and lets go of it: nothing is appended twice, whatever comes after. */
    void write(StagedMessages messages, StagedTables tables) {
        failures.putAll(messages.failures());
        BitSet written = new BitSet(keys.count());
        tables.willRemove(written, messages.tables);
        append(unrefused(messages.ready()), messages.ready(), written);
        tables.settle();
    }

    private List<Integer> unrefused(Map<Integer, PendingAppend> ready) {
        List<Integer> numbers = new ArrayList<>(ready.keySet());
        try {
            Map<String, RuntimeException> refused = streams.refusals(pieces(numbers, ready));
            refused.forEach((key, failure) -> failures.put(keys.number(key), failure));
            numbers.removeIf(failures::containsKey);
            return numbers;
        } catch (RuntimeException e) {
            numbers.forEach(number -> failures.put(number, e));
            return List.of();
        }
    }

    private void append(List<Integer> numbers, Map<Integer, PendingAppend> ready, BitSet written) {
        if (numbers.isEmpty()) return;
        try {
            streams.appendUnrefused(pieces(numbers, ready), partitioner, () -> setAll(written, numbers));
            failuresInRow = 0;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (written.get(numbers.get(0))) return; // It is appended, and what could not be noted is read again.
            failuresInRow++;
            if (numbers.size() == 1 || !mayFareBetter(e)) {
                numbers.forEach(number -> failures.put(number, e));
                return;
            }
            int middle = numbers.size() / 2;
            append(numbers.subList(0, middle), ready, written);
            append(numbers.subList(middle, numbers.size()), ready, written);
        }
    }

    /** Needs no memory: the set has room. */
    private static void setAll(BitSet set, List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) set.set(numbers.get(i));
    }

    /** Whether some of the keys might be appended although all of them together were not. */
    private boolean mayFareBetter(Throwable e) {
        if (e instanceof IllegalStateException) return false; // The store is closed.
        if (!(e instanceof UncheckedIOException || e instanceof OutOfMemoryError)) return true;
        // What may have been appended all the same is not appended again at once.
        boolean unknown = String.valueOf(e.getMessage()).contains("unknown");
        boolean interrupted = e.getCause() instanceof InterruptedIOException;
        return !unknown && !interrupted && failuresInRow < MAX_FAILURES && System.nanoTime() - began < PATIENCE_NANOS;
    }

    private Map<String, PendingAppend> pieces(List<Integer> numbers, Map<Integer, PendingAppend> ready) {
        Map<String, PendingAppend> pieces = new LinkedHashMap<>(numbers.size() * 2);
        for (int number : numbers) pieces.put(keys.key(number), ready.get(number));
        return pieces;
    }
}
