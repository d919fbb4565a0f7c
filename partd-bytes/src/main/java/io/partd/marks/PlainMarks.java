package io.partd.marks;

import io.partd.Partd;
import io.partd.base.LockChain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Marks beside a store that has none: they are remembered after the append, and in memory. Nor can its lock be shared:
 * whoever takes that through this object waits for the work of others first, but nobody else does.
 */
final class PlainMarks<V> implements Marks<V> {
    private final Partd<V> store;
    private final MemoryMarks memory = new MemoryMarks();
    private final ReentrantReadWriteLock order = new ReentrantReadWriteLock();

    PlainMarks(Partd<V> store) {
        this.store = store;
    }

    @Override
    public Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads, List<Mark> marks) {
        return memory.remember(
                marks,
                heads.keySet(),
                () -> values.isEmpty() && heads.isEmpty() ? Set.of() : store.append(values, heads));
    }

    @Override
    public <T> T sharing(Supplier<T> work) {
        LockChain.acquire(order.readLock());
        try {
            return work.get();
        } finally {
            order.readLock().unlock();
        }
    }

    @Override
    public Lock lock() {
        return new LockChain(order.writeLock(), store.lock());
    }

    @Override
    public OwnerMarks marks(UUID owner) {
        return memory.of(owner);
    }

    @Override
    public Claim claim(String who) {
        return memory.claim(who);
    }
}
