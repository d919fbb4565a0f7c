package io.partd.testing;

import io.partd.Bytes;
import io.partd.ConcurrencyTest;
import io.partd.Partd;
import io.partd.TestStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a child process does to a store: {@code <store> <directory> <writer> <count> <role>...}, each role in a thread
 * of its own on one handle. It prints a line for each thing that the store said was done: {@code wrote <writer>
 * <sequence>}, {@code dropped <ledger>}, {@code set <key>}.
 */
final class ChildMain {
    private final Partd<Bytes> store;
    private final int writer;
    private final int count;

    private ChildMain(Partd<Bytes> store, int writer, int count) {
        this.store = store;
        this.writer = writer;
        this.count = count;
    }

    public static void main(String[] args) {
        try (Partd<Bytes> store = SharedStore.valueOf(args[0]).open(Path.of(args[1]))) {
            ChildMain child = new ChildMain(store, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            Workers workers = new Workers();
            for (String role : List.of(args).subList(4, args.length)) workers.start(role, () -> child.run(role));
            workers.join();
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run(String role) {
        switch (role) {
            case "write" -> write();
            case "delete" -> delete();
            case "compact" -> compactAndDrop();
            case "set" -> set();
            default -> throw new IllegalArgumentException("no role " + role + ": write, delete, compact or set");
        }
    }

    /** One write to the pipe for each line: it arrives whole or not at all, also when this process is killed. */
    private static void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }

    private void write() {
        for (int i = 0; i < count; i++) {
            ConcurrencyTest.append(store, writer, i);
            say("wrote " + writer + " " + i);
            if (i % 100 == 99) store.flush();
        }
    }

    /** Under the lock, since another may drop everything at any time. */
    private void delete() {
        for (int i = 0; i < count / 4; i++) {
            List<String> keys = List.of("deleted " + writer + " " + i, "too " + writer + " " + i);
            Bytes chunk = Ledger.chunk(writer, i);
            store.lock().lock();
            try {
                store.append(Map.of(keys.get(0), chunk, keys.get(1), chunk), Map.of());
                expect(keys, List.of(chunk, chunk));
                store.delete(keys);
                expect(keys, List.of(Bytes.EMPTY, Bytes.EMPTY));
            } finally {
                store.lock().unlock();
            }
        }
    }

    private void expect(List<String> keys, List<Bytes> values) {
        if (!store.get(keys).equals(values)) throw new AssertionError("own keys changed: " + store.get(keys));
    }

    /** Drops under the lock, so that what it says it dropped is all that it drops. */
    private void compactAndDrop() {
        for (int i = 0; i < Math.max(4, count / 50); i++) {
            TestStores.compact(store);
            if (i % 4 == 3) drop();
        }
    }

    private void drop() {
        store.lock().lock();
        try {
            Ledger ledger = Watch.same(store, 0);
            store.drop();
            if (!store.keys().equals(Set.of())) throw new AssertionError("left after drop: " + store.keys());
            say("dropped " + ledger);
        } finally {
            store.lock().unlock();
        }
    }

    private void set() {
        for (int i = 0; i < count; i++) {
            String key = "set" + i;
            if (store.putIfAbsent(key, Bytes.utf8(writer + ";"))) say("set " + key);
        }
    }
}
