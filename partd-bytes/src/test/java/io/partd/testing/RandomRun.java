package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.TestStores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * One seeded run of random operations on a store and on a model of it, for one thread. What the seed was is all that is
 * needed to run it again.
 */
public final class RandomRun {
    private static final int OPERATIONS = 400;
    private static final int MOST_BYTES = 4 << 20;
    private static final int[] EDGES = {1, 8, 4096, 8_192, 8_193, 65_535, 65_536, 65_537, 131_072, 200_000, 262_145};
    private static final List<String> KEYS = List.of(
            "a",
            "A",
            "b",
            "../x",
            "a/b",
            "\0",
            "\uD83D\uDE00",
            "k".repeat(300),
            "c",
            "d",
            "e",
            "f",
            "g",
            "h",
            "10",
            "9");

    private record Held(Bytes value, byte[] expected) {}

    private final Nesting nesting;
    private final Path directory;
    private final Random random;
    private final Model model = new Model();
    private final List<Partd<Bytes>> handles = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    public RandomRun(Nesting nesting, Path directory, long seed) {
        this.nesting = nesting;
        this.directory = directory;
        this.random = new Random(seed);
    }

    public void run() {
        handles.add(nesting.open(directory));
        try {
            for (int i = 0; i < OPERATIONS; i++) step();
            model.check(handle());
            handles.forEach(Partd::close);
            checkHeld();
            if (nesting.persistence().persists()) checkReopened();
        } catch (RuntimeException | AssertionError e) {
            e.addSuppressed(new AssertionError("after " + last()));
            throw e;
        } finally {
            handles.forEach(Partd::close);
        }
    }

    private String last() {
        return String.join("; ", history.subList(Math.max(0, history.size() - 30), history.size()));
    }

    private void checkReopened() {
        try (Partd<Bytes> again = nesting.open(directory)) {
            model.check(again);
        }
    }

    private void step() {
        int choice = random.nextInt(100);
        if (model.size() > MOST_BYTES || choice < 1) drop();
        else if (choice < 40) append();
        else if (choice < 46) putIfAbsent();
        else if (choice < 56) get();
        else if (choice < 66) getMany();
        else if (choice < 70) assertKeys();
        else if (choice < 76) delete();
        else if (choice < 80) flush();
        else if (choice < 83) compact();
        else if (choice < 87) openOrClose();
        else if (choice < 90) reopen();
        else if (choice < 93) locked();
        else if (choice < 97) hold();
        else checkHeld();
    }

    private Partd<Bytes> handle() {
        return handles.get(random.nextInt(handles.size()));
    }

    private void append() {
        Map<String, byte[]> values = values(1 + random.nextInt(6));
        Map<String, byte[]> heads = random.nextInt(3) > 0 ? Map.of() : values(random.nextInt(4));
        history.add("append " + sizes(values) + " heads " + sizes(heads));
        assertEquals(model.append(values, heads), handle().append(bytes(values), bytes(heads)), "heads written");
    }

    private void putIfAbsent() {
        Map<String, byte[]> heads = values(1 + random.nextInt(3));
        history.add("putIfAbsent " + sizes(heads));
        assertEquals(model.append(Map.of(), heads), handle().putIfAbsent(bytes(heads)), "heads written");
    }

    private void get() {
        String key = key();
        history.add("get " + key);
        model.check(key, handle().get(key));
    }

    private void getMany() {
        List<String> keys = keys(random.nextInt(8));
        history.add("get " + keys);
        model.check(handle(), keys);
    }

    private void assertKeys() {
        history.add("everything");
        model.check(handle());
    }

    private void delete() {
        List<String> keys = keys(random.nextInt(4));
        history.add("delete " + keys);
        model.delete(keys);
        handle().delete(keys);
        model.check(handle(), keys);
    }

    private void drop() {
        history.add("drop");
        model.drop();
        handle().drop();
    }

    private void flush() {
        history.add("flush");
        handle().flush();
    }

    private void compact() {
        history.add("compact");
        TestStores.compact(handle());
        model.check(handle());
    }

    private void openOrClose() {
        if (nesting.persistence() != Persistence.SHARED) return;
        boolean open = handles.size() == 1 || handles.size() < 3 && random.nextBoolean();
        history.add(open ? "open" : "close");
        if (open) handles.add(nesting.open(directory));
        else handles.remove(random.nextInt(handles.size())).close();
    }

    private void reopen() {
        if (!nesting.persistence().persists()) return;
        history.add("reopen");
        handles.forEach(Partd::close);
        handles.clear();
        handles.add(nesting.open(directory));
    }

    private void locked() {
        Partd<Bytes> store = handle();
        history.add("locked");
        store.lock().lock();
        try {
            Map<String, byte[]> values = values(2);
            assertEquals(model.append(values, values), store.append(bytes(values), bytes(values)), "heads written");
            model.check(store, new ArrayList<>(values.keySet()));
        } finally {
            store.lock().unlock();
        }
    }

    private void hold() {
        String key = key();
        history.add("hold " + key);
        if (held.size() == 8) held.remove(random.nextInt(8));
        held.add(new Held(handle().get(key), model.get(key)));
    }

    private void checkHeld() {
        history.add("held");
        for (Held one : held) assertArrayEquals(one.expected, one.value.toArray(), "what was read before");
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) keys.add(key());
        return keys;
    }

    private Map<String, byte[]> values(int count) {
        Map<String, byte[]> values = new TreeMap<>();
        for (String key : keys(count)) values.put(key, array());
        return values;
    }

    /** Mostly small; now and then empty, or close to where something in a store might end. */
    private byte[] array() {
        int size = random.nextInt(100);
        int choice = random.nextInt(40);
        if (choice < 4) size = 0;
        else if (choice < 7) size = Math.max(0, EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1);
        else if (choice < 10) size = random.nextInt(20_000);
        byte[] array = new byte[size];
        if (random.nextBoolean()) random.nextBytes(array);
        else Arrays.fill(array, (byte) random.nextInt());
        return array;
    }

    /** The bytes in one of the forms in which they may come. */
    private Map<String, Bytes> bytes(Map<String, byte[]> values) {
        Map<String, Bytes> bytes = new TreeMap<>();
        values.forEach((key, array) -> bytes.put(key, bytes(array)));
        return bytes;
    }

    private Bytes bytes(byte[] array) {
        switch (random.nextInt(4)) {
            case 0:
                ByteBuffer direct =
                        ByteBuffer.allocateDirect(array.length).put(array).flip();
                return Bytes.of(direct);
            case 1:
                int cut = random.nextInt(array.length + 1);
                ByteBuffer whole = ByteBuffer.wrap(array);
                return Bytes.of(
                        whole.slice(0, cut),
                        whole.slice(cut, array.length - cut).asReadOnlyBuffer());
            case 2:
                byte[] wider = new byte[array.length + 3];
                System.arraycopy(array, 0, wider, 2, array.length);
                return Bytes.of(wider).slice(2, 2 + array.length);
            default:
                return Bytes.of(array);
        }
    }

    private static String sizes(Map<String, byte[]> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "+" + entry.getValue().length)
                .collect(Collectors.joining(" "));
    }
}
