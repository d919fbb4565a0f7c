package io.partd.testing;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.file.StoreFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One segment and what was in it after each record: written through one handle, one record at a time, with what the
 * store held taken from its answers.
 */
public final class TornStore {
    /** Where a record ends in the segment, and what the store holds up to there. */
    public record Step(long end, SortedMap<String, Bytes> content) {}

    private final Path directory;
    private final List<Step> steps = new ArrayList<>();
    private final SortedMap<String, Bytes> content = new TreeMap<>();
    private SortedMap<String, byte[]> unfinished;
    private SortedMap<String, byte[]> finished;

    private TornStore(Path directory) {
        this.directory = directory;
        steps.add(new Step(0, new TreeMap<>()));
    }

    /** Several keys at once, heads, deletes, empty values, and keys that need more than one byte a letter. */
    public static TornStore small(Path directory) {
        TornStore torn = new TornStore(directory);
        torn.write(store -> {
            torn.append(store, Map.of("a", "first", "b", "second"), Map.of());
            torn.append(store, Map.of("a", ""), Map.of());
            torn.append(store, Map.of("a", "value", "ключ", "значение"), Map.of("h", "head", "ключ", "заголовок"));
            torn.delete(store, "b");
            torn.append(store, Map.of("b", "back", "empty", ""), Map.of());
            torn.delete(store, "a", "h");
            torn.append(store, Map.of("a", "x".repeat(50), "long key ".repeat(20), "y"), Map.of("a", "again"));
        });
        return torn;
    }

    /** Values of more than one block, and of zeros. */
    public static TornStore large(Path directory, Random random) {
        TornStore torn = new TornStore(directory);
        torn.write(store -> {
            torn.append(store, Map.of("small", "1"), Map.of());
            byte[] noise = new byte[150_001];
            random.nextBytes(noise);
            torn.appendBytes(store, Map.of("noise", Bytes.of(noise), "small", Bytes.utf8("2")));
            torn.appendBytes(store, Map.of("zeros", Bytes.of(new byte[70_000]), "small", Bytes.utf8("3")));
            torn.append(store, Map.of("small", "4", "end", "5"), Map.of());
        });
        return torn;
    }

    private interface Writing {
        void to(FilePartd store);
    }

    private void write(Writing writing) {
        try (FilePartd store = Partds.file(directory)) {
            writing.to(store);
            unfinished = StoreFiles.take(directory);
        }
        finished = StoreFiles.take(directory);
    }

    private void append(FilePartd store, Map<String, String> values, Map<String, String> heads) {
        Map<String, Bytes> valueBytes = new TreeMap<>();
        Map<String, Bytes> headBytes = new TreeMap<>();
        values.forEach((key, value) -> valueBytes.put(key, Bytes.utf8(value)));
        heads.forEach((key, value) -> headBytes.put(key, Bytes.utf8(value)));
        for (String key : store.append(valueBytes, headBytes)) extend(key, headBytes.get(key));
        valueBytes.forEach(this::extend);
        step();
    }

    private void appendBytes(FilePartd store, Map<String, Bytes> values) {
        store.append(values);
        values.forEach(this::extend);
        step();
    }

    private void extend(String key, Bytes more) {
        content.merge(key, more, (before, after) -> Bytes.of(concat(before.toArray(), after.toArray())));
    }

    private static byte[] concat(byte[] before, byte[] after) {
        byte[] both = java.util.Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, both, before.length, after.length);
        return both;
    }

    private void delete(FilePartd store, String... keys) {
        store.delete(List.of(keys));
        content.keySet().removeAll(List.of(keys));
        step();
    }

    private void step() {
        SortedMap<String, byte[]> files = StoreFiles.take(directory);
        steps.add(new Step(files.get(StoreFiles.segment(files)).length, new TreeMap<>(content)));
    }

    /** The files while the segment had no footer. */
    public SortedMap<String, byte[]> unfinished() {
        return unfinished;
    }

    /** The files with the segment's footer. */
    public SortedMap<String, byte[]> finished() {
        return finished;
    }

    public List<Step> steps() {
        return steps;
    }

    /** What is to be there of the first {@code size} bytes of the segment. */
    public SortedMap<String, Bytes> contentAt(long size) {
        SortedMap<String, Bytes> at = new TreeMap<>();
        for (Step step : steps) {
            if (step.end() <= size) at = step.content();
        }
        return at;
    }
}
