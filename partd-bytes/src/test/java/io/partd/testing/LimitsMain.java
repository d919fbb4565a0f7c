package io.partd.testing;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code LimitsTest} does in a JVM of its own: {@code <task> <directory>}. */
public final class LimitsMain {
    public static final int SEGMENTS = 10_000;
    static final int KEYS = 100_000;
    public static final int CHUNKS = 1_000_000;
    private static final int CHUNK_KEYS = 1000;

    private LimitsMain() {}

    public static void main(String[] args) {
        Path directory = Path.of(args[1]);
        switch (args[0]) {
            case "segments" -> segments(directory);
            case "index" -> index(directory);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Every append has a segment of its own. */
    private static void segments(Path directory) {
        FileOptions tiny = FileOptions.defaults().withSegmentBytes(1);
        int perAppend = KEYS / SEGMENTS;
        try (FilePartd store = Partds.file(directory, tiny)) {
            for (int i = 0; i < SEGMENTS; i++) {
                Map<String, Bytes> values = new TreeMap<>();
                for (int k = 0; k < perAppend; k++) values.put("key" + (i * perAppend + k), value(i * perAppend + k));
                store.append(values);
            }
            readAll(store);
        }
        try (FilePartd store = Partds.file(directory)) {
            readAll(store);
            store.flush();
            System.out.println("segments " + store.stats().segments());
            store.compact();
            readAll(store);
            System.out.println("compacted to " + store.stats().segments());
        }
        System.out.println("done");
    }

    private static Bytes value(int key) {
        return Bytes.utf8("value of " + key);
    }

    private static void readAll(FilePartd store) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) keys.add("key" + i);
        List<Bytes> values = store.get(keys);
        for (int i = 0; i < KEYS; i++) {
            if (!values.get(i).equals(value(i))) throw new AssertionError(keys.get(i) + " is " + values.get(i));
        }
        if (store.keys().size() != KEYS) throw new AssertionError(store.keys().size() + " keys");
    }

    /** Chunks of keys that take turns: none can merge with its neighbour. */
    private static void index(Path directory) {
        Map<String, Bytes> values = new TreeMap<>();
        for (int k = 0; k < CHUNK_KEYS; k++) values.put("key" + k, Bytes.of(new byte[8]));
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 0; i < CHUNKS / CHUNK_KEYS; i++) store.append(values);
        }
        values = null;
        long before = used();
        try (FilePartd store = Partds.file(directory)) {
            if (store.keys().size() != CHUNK_KEYS) throw new AssertionError("keys are missing");
            System.out.println("bytes " + (used() - before));
            store.compact();
            if (store.keys().size() != CHUNK_KEYS) throw new AssertionError("keys are missing");
            System.out.println("compacted " + (used() - before));
        }
        System.out.println("done");
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
