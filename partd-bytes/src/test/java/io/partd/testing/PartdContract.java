package io.partd.testing;

import io.partd.Partd;
import io.partd.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * What every store promises, whatever it holds and however it is nested: extend this, say how the store is opened and
 * what its values are, and every point is tested. {@code docs/contract.md} says in prose what these tests say in code;
 * a test's name begins with the point.
 *
 * @param <V> the store's values
 */
@Timeout(180)
public abstract class PartdContract<V>
        implements ValuesContract,
                HeadsContract,
                AtomicityContract,
                DeletionContract,
                KeysContract,
                LockContract,
                CloseContract,
                InterruptContract {
    /** How often a race is run: {@code -Dpartd.contract.rounds}, where a build is to be short. */
    protected static final int MOST_ROUNDS = Integer.getInteger("partd.contract.rounds", 200);

    private final List<Partd<?>> opened = new ArrayList<>();
    private Path latest;

    @TempDir(factory = InMemory.class)
    public Path memory;

    /** Opens the store in a directory, which is there and is empty the first time; a store in memory ignores it. */
    protected abstract Partd<V> open(Path directory);

    /** Returns where the stores' files are made: in memory, for it is hundreds of stores that are opened and closed. */
    protected Path directory() {
        return memory;
    }

    /** Returns how the contract makes and reads values. */
    protected abstract Numbers<V> numbers();

    /** Returns what another handle on the same directory sees. */
    @Override
    public abstract Persistence persistence();

    @Override
    public int rounds() {
        return 200;
    }

    @Override
    public final Partd<List<Integer>> open() {
        return new NumbersPartd<>(openRaw(), numbers());
    }

    @Override
    public final Partd<List<Integer>> reopen() {
        return new NumbersPartd<>(reopenRaw(), numbers());
    }

    /** As {@link #open()}, with its own values. */
    protected final Partd<V> openRaw() {
        try {
            latest = Files.createTempDirectory(directory(), "store");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for a store in " + directory(), e);
        }
        return reopenRaw();
    }

    /** As {@link #reopen()}, with its own values. */
    protected final Partd<V> reopenRaw() {
        Partd<V> store = open(latest);
        opened.add(store);
        return store;
    }

    @AfterEach
    final void closeStores() {
        for (Partd<?> store : opened) store.close();
        opened.clear();
        afterStoresClosed();
    }

    /** Called after each test, when all of its stores are closed: here memory that should be free can be counted. */
    protected void afterStoresClosed() {}

    private void put(Partd<V> store, List<Integer> numbers) {
        V value = numbers().write(numbers);
        try {
            store.append("a", value);
        } finally {
            numbers().release(value);
        }
    }

    /** Does to a store all that could disturb what was read from it before. */
    protected void disturb(Partd<V> store) {
        put(store, List.of(7));
        TestStores.compact(store);
        store.delete("a");
        put(store, List.of(8));
        TestStores.compact(store);
        store.drop();
        store.flush();
        put(store, StoreContract.range(100, 200));
        store.close();
    }

    @Test
    final void point08_whatGetReturnedStaysTheSame() {
        Partd<V> store = openRaw();
        put(store, List.of(1, 2));
        put(store, List.of(3));
        V before = store.get("a");
        V unread = store.get(List.of("b", "a")).get(1);
        V nothing = store.get("absent");
        assertEquals(List.of(1, 2, 3), numbers().read(before));
        disturb(store);
        assertEquals(List.of(1, 2, 3), numbers().read(before));
        assertEquals(List.of(1, 2, 3), numbers().read(unread), "also what is looked at only now");
        assertEquals(List.of(), numbers().read(nothing));
        for (V value : List.of(before, unread, nothing)) numbers().release(value);
    }

    @Test
    final void point08_aMapMayChangeOnceAppendReturned() {
        Partd<List<Integer>> store = open();
        Map<String, List<Integer>> values = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            values.put("a", List.of(i));
            store.append(values, values);
            values.clear();
        }
        assertEquals(List.of(0, 0, 1, 2, 3, 4), store.get("a"));
    }
}
